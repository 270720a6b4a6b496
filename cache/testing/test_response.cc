// SPDX-License-Identifier: Apache-2.0
#include "cache/testing/test_response.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "dns/name.h"
#include "dns/rdata_text.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/testing/text_tokens.h"

namespace strata::cache::testing {
namespace {

[[noreturn]] void StopAt(absl::string_view line) {
  std::fprintf(stderr, "not what a test response is made of: %s\n", std::string(line).c_str());
  std::abort();
}

dns::Name NameOf(absl::string_view text) {
  const auto name = dns::Name::FromText(text);
  if (!name.ok()) StopAt(text);
  return *name;
}

uint16_t TypeOf(absl::string_view text) {
  const auto type = dns::TypeFromText(text);
  if (!type) StopAt(text);
  return *type;
}

std::vector<dns::Record> RecordsOf(const std::vector<std::string>& lines) {
  std::vector<dns::Record> records;
  for (const std::string& line : lines) {
    const std::vector<dns::TextToken> tokens = dns::SplitTextTokens(line);
    dns::Record record;
    if (tokens.size() < 4 || !absl::SimpleAtoi(tokens[1].text, &record.ttl)) StopAt(line);
    record.owner = NameOf(tokens[0].text);
    record.type = TypeOf(tokens[2].text);
    const absl::Span<const dns::TextToken> rdata = absl::MakeConstSpan(tokens).subspan(3);
    if (dns::ParseRdataText(record.type, rdata, dns::Name(), &record.rdata)) StopAt(line);
    records.push_back(record);
  }
  return records;
}

}  // namespace

dns::Message TestResponse::Message() const {
  dns::Message message;
  message.response = true;
  message.recursion_desired = true;
  message.recursion_available = true;
  message.rcode = rcode;
  const std::vector<dns::TextToken> tokens = dns::SplitTextTokens(question);
  if (tokens.size() != 2) StopAt(question);
  message.questions.push_back({NameOf(tokens[0].text), TypeOf(tokens[1].text), dns::rr_class::kIN});
  message.answer = RecordsOf(answer);
  message.authority = RecordsOf(authority);
  message.additional = RecordsOf(additional);
  return message;
}

std::string TestResponse::Wire() const {
  const auto wire = dns::SerializeMessage(Message());
  if (!wire.ok()) StopAt(wire.status().message());
  return *wire;
}

TestResponse AddressResponse(absl::string_view name, uint32_t ttl) {
  TestResponse response;
  response.question = absl::StrCat(name, " A");
  response.answer = {absl::StrCat(name, " ", ttl, " A 192.0.2.1")};
  return response;
}

TestResponse NegativeResponse(absl::string_view name, uint32_t soa_ttl, uint32_t soa_minimum) {
  TestResponse response;
  response.question = absl::StrCat(name, " A");
  response.rcode = dns::rcode::kNXDomain;
  response.authority = {
      absl::StrCat("example. ", soa_ttl, " SOA ns.example. admin.example. 1 7200 3600 86400 ", soa_minimum)};
  return response;
}

TtlRange TtlsOf(absl::string_view wire) {
  const auto message = dns::ParseMessage(wire);
  if (!message.ok()) StopAt(message.status().message());
  TtlRange range{0xffffffff, 0};
  for (const std::vector<dns::Record>* section : {&message->answer, &message->authority, &message->additional}) {
    for (const dns::Record& record : *section) {
      range.min = std::min(range.min, record.ttl);
      range.max = std::max(range.max, record.ttl);
    }
  }
  return range;
}

std::string WireName(absl::string_view text) { return std::string(NameOf(text).wire()); }

}  // namespace strata::cache::testing
