// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/local_answers.h"

#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/record_writer.h"
#include "dns/rr_type.h"
#include "dns/wire_writer.h"
#include "recursor/core/special_names.h"

namespace strata::recursor {
namespace {

using absl::string_view;
using dns::rr_type::kA, dns::rr_type::kAAAA, dns::rr_type::kANY, dns::rr_type::kPTR;

constexpr string_view kLocalhostName("\11localhost\0", 11);
constexpr string_view kLoopbackV4("\x7f\0\0\1", 4);
constexpr string_view kLoopbackV6("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);

class LocalAnswer {
 public:
  LocalAnswer(const QuestionView& question, uint16_t rcode, char* buffer)
      : question_(question), writer_(buffer, dns::kMaxMessageSize) {
    writer_.WriteU16(0);
    writer_.WriteU16(
        static_cast<uint16_t>(dns::kQr | dns::kRd | dns::kRa | (question.checking_disabled ? dns::kCd : 0) | rcode));
    writer_.WriteU16(1);
    writer_.WriteU16(0);
    writer_.WriteU32(0);
    writer_.WriteName(question.name);
    writer_.WriteU16(question.type);
    writer_.WriteU16(question.rr_class);
  }

  // What does not fit is left out: a name with thousands of addresses is as well served by some of them.
  void Add(uint16_t type, string_view rdata) {
    const dns::WireWriter::Mark mark = writer_.mark();
    writer_.WriteName(question_.name);
    writer_.WriteU16(type);
    writer_.WriteU16(question_.rr_class);
    writer_.WriteU32(0);
    dns::WriteRdata(type, rdata, &writer_);
    if (!writer_.ok()) return writer_.Rollback(mark);
    writer_.PatchU16(dns::kAnCountOffset, ++count_);
  }

  string_view wire() const { return writer_.message(); }

 private:
  const QuestionView& question_;
  dns::WireWriter writer_;
  uint16_t count_ = 0;
};

string_view Addresses(const QuestionView& question, const HostsTable::Addresses& addresses, char* buffer) {
  LocalAnswer answer(question, dns::rcode::kNoError, buffer);
  for (const std::string& rdata : question.type == kA ? addresses.v4 : addresses.v6) answer.Add(question.type, rdata);
  return answer.wire();
}

string_view Special(const QuestionView& question, SpecialName special, bool exists, char* buffer) {
  LocalAnswer answer(question, exists ? dns::rcode::kNoError : dns::rcode::kNXDomain, buffer);
  const auto asks_for = [&question](uint16_t type) { return question.type == type || question.type == kANY; };
  if (special == SpecialName::kLocalhost && asks_for(kA)) answer.Add(kA, kLoopbackV4);
  if (special == SpecialName::kLocalhost && asks_for(kAAAA)) answer.Add(kAAAA, kLoopbackV6);
  if (special == SpecialName::kLoopbackReverse && asks_for(kPTR)) answer.Add(kPTR, kLocalhostName);
  return answer.wire();
}

}  // namespace

LocalAnswers::LocalAnswers() : buffer_(std::make_unique<char[]>(dns::kMaxMessageSize)) {}

string_view LocalAnswers::Find(const QuestionView& question, const HostsTable& hosts) {
  if (question.type == kA || question.type == kAAAA) {
    const HostsTable::Addresses* const addresses = hosts.FindAddresses(question.name);
    if (addresses != nullptr) return Addresses(question, *addresses, buffer_.get());
  } else if (question.type == kPTR) {
    const string_view name = hosts.FindName(question.name);
    if (!name.empty()) {
      LocalAnswer answer(question, dns::rcode::kNoError, buffer_.get());
      answer.Add(kPTR, name);
      return answer.wire();
    }
  }
  const SpecialName special = FindSpecialName(question.name);
  if (special == SpecialName::kNone) return {};
  const bool exists = special != SpecialName::kNonexistent || hosts.FindAddresses(question.name) != nullptr;
  return Special(question, special, exists, buffer_.get());
}

}  // namespace strata::recursor
