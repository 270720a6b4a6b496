// Fuzzes ClassifyResponse: total; and where the message parses, its class is the one its parts tell.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "frontend/policy/response_class.h"

namespace strata::frontend {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

bool Holds(const std::vector<dns::Record>& records, uint16_t type) {
  return std::any_of(records.begin(), records.end(), [&](const dns::Record& record) { return record.type == type; });
}

ResponseClass Expected(const dns::Message& message) {
  const uint16_t rcode = message.rcode & dns::kRcodeMask;
  if (message.questions.size() != 1 || (rcode != dns::rcode::kNoError && rcode != dns::rcode::kNXDomain)) {
    return ResponseClass::kError;
  }
  const bool nxdomain = rcode == dns::rcode::kNXDomain;
  if (!nxdomain && (!message.answer.empty() || message.truncated)) return ResponseClass::kAnswer;
  const ResponseClass negative = nxdomain ? ResponseClass::kNxDomain : ResponseClass::kNoData;
  if (Holds(message.authority, dns::rr_type::kSOA)) return negative;
  if (!nxdomain && Holds(message.authority, dns::rr_type::kNS)) return ResponseClass::kReferral;
  return message.rcode > dns::kRcodeMask ? ResponseClass::kError : negative;
}

void Run(absl::string_view wire) {
  const ResponseIdentity identity = ClassifyResponse(wire);
  Require(identity.response_class != ResponseClass::kError || identity.hash == 0);
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(wire);
  if (!message.ok()) return;
  // A question by way of a pointer (into the header) is none of ours.
  if (message->questions.size() == 1 &&
      dns::WireNameSize(wire.substr(dns::kHeaderSize)) != message->questions[0].name.wire().size()) {
    return;
  }
  Require(identity.response_class == Expected(*message));
}

}  // namespace
}  // namespace strata::frontend

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::frontend::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
