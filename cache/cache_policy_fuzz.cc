// Fuzzes Assess(): whatever it wants remembered is a message that everybody can read, before and after it has aged.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cache/cache_policy.h"
#include "dns/big_endian.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/rr_type.h"

namespace strata::cache {
namespace {

constexpr TtlLimits kLimits{86400, 3600};

void Require(bool condition) {
  if (!condition) std::abort();
}

std::vector<dns::Record> RecordsOf(const dns::Message& message) {
  std::vector<dns::Record> records;
  for (const auto* section : {&message.answer, &message.authority, &message.additional}) {
    records.insert(records.end(), section->begin(), section->end());
  }
  return records;
}

dns::Message Parsed(absl::string_view wire) {
  absl::StatusOr<dns::Message> message = dns::ParseMessage(wire);
  Require(message.ok());
  return *std::move(message);
}

// Sets each TTL to `seconds` less than it is, and returns how the message is read then.
dns::Message Aged(const Assessment& assessment, uint32_t seconds, std::string wire) {
  for (const TtlField& ttl : assessment.ttls) {
    const uint32_t left = dns::ReadU32(absl::string_view(wire).substr(ttl.offset)) - seconds;
    dns::SetU16(wire.data(), ttl.offset, static_cast<uint16_t>(left >> 16));
    dns::SetU16(wire.data(), ttl.offset + 2u, static_cast<uint16_t>(left));
  }
  return Parsed(wire);
}

void RequireServable(absl::string_view wire, const Assessment& assessment) {
  const dns::Message original = Parsed(wire);
  Require(original.response && !original.truncated && original.opcode == dns::opcode::kQuery && !original.edns);
  Require(original.rcode == dns::rcode::kNoError || original.rcode == dns::rcode::kNXDomain);
  std::string servable(wire);
  MakeServable(assessment, &servable);
  dns::Message served = Parsed(servable);
  Require(served.id == 0 && !served.authoritative);
  Require(served.questions[0].name.wire() == dns::ToLowerAscii(assessment.name));

  const std::vector<dns::Record> before = RecordsOf(original), after = RecordsOf(served);
  Require(after.size() == assessment.ttls.size());
  uint32_t smallest = kLimits.max_ttl;
  for (size_t i = 0; i < after.size(); ++i) {
    Require(after[i].ttl == assessment.ttls[i].seconds);
    Require(after[i].ttl <= before[i].ttl);
    smallest = std::min(smallest, after[i].ttl);
  }
  Require(assessment.lifetime_seconds == smallest && smallest > 0);

  // But for the TTLs it is the same message to its end.
  for (const uint32_t age : {1u, smallest / 2, smallest}) {
    dns::Message aged = Aged(assessment, age, servable);
    for (auto section : {&dns::Message::answer, &dns::Message::authority, &dns::Message::additional}) {
      Require((aged.*section).size() == (served.*section).size());
      for (size_t i = 0; i < (aged.*section).size(); ++i) (aged.*section)[i].ttl += age;
    }
    Require(aged == served);
  }
  // And what was received, but for what is not served.
  for (auto section : {&dns::Message::answer, &dns::Message::authority, &dns::Message::additional}) {
    for (size_t i = 0; i < (served.*section).size(); ++i) (served.*section)[i].ttl = (original.*section)[i].ttl;
  }
  served.id = original.id;
  served.authoritative = original.authoritative;
  Require(served == original);
}

void Run(absl::string_view wire) {
  const std::optional<Assessment> assessment = Assess(wire, kLimits);
  if (!assessment) return;
  std::string servable(wire);
  MakeServable(*assessment, &servable);
  Require(servable.size() == wire.size());
  Require(Assess(servable, kLimits)->kind == assessment->kind);
  if (assessment->kind == Assessment::Kind::kRemember) RequireServable(wire, *assessment);
}

}  // namespace
}  // namespace strata::cache

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::cache::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
