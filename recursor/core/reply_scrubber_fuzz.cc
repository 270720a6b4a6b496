// Fuzzes ReplyScrubber: any octets as the reply to a question that they themselves hold.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "recursor/core/reply_scrubber.h"

namespace strata::recursor {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

// The first octet says what was asked for; the rest is the reply.
void Run(absl::string_view input) {
  if (input.empty()) return;
  QuestionView question;
  question.dnssec_ok = (input[0] & 1) != 0;
  question.checking_disabled = (input[0] & 2) != 0;
  question.rr_class = 1;
  question.type = static_cast<uint8_t>(input[0]) >> 2;
  const absl::string_view reply = input.substr(1);
  std::string name(1, '\0');
  if (reply.size() > dns::kHeaderSize) {
    const size_t size = dns::WireNameSize(reply.substr(dns::kHeaderSize));
    if (size > 0) name = dns::ToLowerAscii(reply.substr(dns::kHeaderSize, size));
    if (size > 0 && reply.size() >= dns::kHeaderSize + size + 4 && question.type == 0) {
      question.type = dns::GetU16(reply, dns::kHeaderSize + size);
    }
  }
  question.name = name;

  static ReplyScrubber* const scrubber = new ReplyScrubber();
  const ScrubbedReply scrubbed = scrubber->Scrub(question, reply);
  if (scrubbed.verdict != ReplyVerdict::kAnswer) return Require(scrubbed.wire.empty());
  const std::string once(scrubbed.wire);
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(once);
  Require(message.ok());
  Require(message->id == 0 && message->response && !message->authoritative && !message->authentic_data);
  Require(message->questions.size() == 1 && message->questions[0].name.wire() == name);
  Require(message->questions[0].type == question.type);
  Require(message->additional.empty() && !message->edns);
  const ScrubbedReply again = scrubber->Scrub(question, once);
  Require(again.verdict == ReplyVerdict::kAnswer);
  Require(again.wire == once);
}

}  // namespace
}  // namespace strata::recursor

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::recursor::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
