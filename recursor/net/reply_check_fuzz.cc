// Fuzzes what passes for a reply: any octets, and what passes reads as a response with the question that was asked.
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
#include "recursor/net/reply_check.h"

namespace strata::recursor {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireSameQuestion(absl::string_view query, absl::string_view reply) {
  const absl::StatusOr<dns::Message> asked = dns::ParseMessage(query);
  const absl::StatusOr<dns::Message> answer = dns::ParseMessage(reply);
  if (!asked.ok() || !answer.ok()) return;  // which also look behind the question
  Require(answer->response && answer->id == asked->id && answer->opcode == asked->opcode);
  Require(asked->questions.size() == 1 && answer->questions.size() == 1);
  Require(answer->questions[0].name.wire() == asked->questions[0].name.wire());
  Require(answer->questions[0].type == asked->questions[0].type);
  Require(answer->questions[0].rr_class == asked->questions[0].rr_class);
}

// One octet says how long the query is; the rest is the reply.
void Run(absl::string_view input) {
  if (input.empty()) return;
  const size_t query_size = static_cast<uint8_t>(input[0]);
  input.remove_prefix(1);
  const absl::string_view query = input.substr(0, query_size);
  const absl::string_view reply = input.substr(query.size());
  const size_t head_size = QueryHeadSize(query);
  Require(head_size <= query.size());
  if (head_size == 0) return;
  const absl::string_view head = query.substr(0, head_size);
  if (IsReplyTo(head, reply)) RequireSameQuestion(query, reply);
  // The query itself, turned into a response, is a reply to it; one octet less is not.
  std::string echo(head);
  Require(!IsReplyTo(head, echo) || (dns::GetU16(head, dns::kFlagsOffset) & dns::kQr) != 0);
  dns::SetU16(echo.data(), dns::kFlagsOffset, dns::GetU16(head, dns::kFlagsOffset) | dns::kQr);
  Require(IsReplyTo(head, echo));
  Require(!IsReplyTo(head, absl::string_view(echo).substr(0, head_size - 1)));
}

}  // namespace
}  // namespace strata::recursor

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::recursor::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
