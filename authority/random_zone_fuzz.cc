// Any zone, asked anything, gives an answer that parses and makes sense.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "authority/answerer.h"
#include "authority/testing/test_zone.h"
#include "dns/lookup_name.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::authority {

namespace rr = dns::rr_type;

void Require(bool holds) {
  if (!holds) std::abort();
}

// Below the origin "e.".
constexpr absl::string_view kOwners[] = {
    "@",     "a",     "b",     "*",   "a.b",   "b.b", "*.b",   "a.*",
    "b.a.b", "*.a.b", "c.c.c", "d.d", "*.d.d", "n.a", "n.n.a", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"};
constexpr absl::string_view kRecords[] = {
    "A 192.0.2.1",
    "TXT t",
    "NS n.a",
    "NS n.f.",
    "DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000",
    "CNAME a.b",
    "CNAME q.b.b",
    "DNAME b",
    "DNAME d.d",
    "MX 1 a",
    "RRSIG A 13 1 3600 20380101000000 20200101000000 1 e. AAAA",
    "RRSIG NSEC 13 1 3600 20380101000000 20200101000000 1 e. AAAA",
    "NSEC @ A",
    "NSEC3 1 1 0 - 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom A",
    "NSEC3PARAM 1 0 0 -",
    "AAAA 2001:db8::1",
};
constexpr uint16_t kTypes[] = {rr::kA,    rr::kTXT,   rr::kNS,     rr::kDS,  rr::kCNAME, rr::kDNAME,
                               rr::kMX,   rr::kRRSIG, rr::kNSEC,   rr::kSOA, rr::kANY,   rr::kNSEC3,
                               rr::kAAAA, rr::kSRV,   rr::kDNSKEY, 65300};

// Of one owner and type, whose records stand together.
bool HasTwice(const std::vector<dns::Record>& records) {
  std::set<std::string> seen;
  return std::any_of(records.begin(), records.end(), [&](const dns::Record& record) {
    return !seen.insert(absl::StrCat(record.owner.wire(), record.type, "/", record.rdata)).second;
  });
}

bool Has(const std::vector<dns::Record>& records, uint16_t type) {
  return std::any_of(records.begin(), records.end(), [&](const dns::Record& record) { return record.type == type; });
}

void CheckAnswer(const dns::Message& message, const Question& question, bool proves) {
  const auto below_origin = [](const dns::Record& record) {
    return dns::IsSubdomain(record.owner.wire(), absl::string_view("\1e\0", 3));
  };
  for (const auto* section : {&message.answer, &message.authority, &message.additional}) {
    Require(std::all_of(section->begin(), section->end(), below_origin));
    Require(!HasTwice(*section));
  }
  const bool referral = message.answer.empty() && Has(message.authority, rr::kNS);
  if (message.truncated) return;
  Require(!referral || !message.authoritative);
  // An answer with nothing in it says for how long that may be believed (RFC 2308 §3).
  if (message.answer.empty() && !referral) Require(Has(message.authority, rr::kSOA));
  if (message.rcode == dns::rcode::kNXDomain) Require(Has(message.authority, rr::kSOA));
  if (!question.dnssec_ok) {
    Require(!Has(message.authority, rr::kRRSIG) && !Has(message.authority, rr::kNSEC) &&
            !Has(message.authority, rr::kNSEC3));
  } else if (proves && message.rcode == dns::rcode::kNXDomain) {
    Require(Has(message.authority, rr::kNSEC) || Has(message.authority, rr::kNSEC3));
  }
}

// Octets that make a zone, each a record, and behind a zero octet questions: each owner, type, options.
void Answer(absl::string_view input) {
  std::string lines = "@ NS n.f.\n";
  const size_t end = std::min({input.find('\0'), input.size(), size_t{64}});
  for (size_t i = 0; i + 1 < end; i += 2) {
    const auto owner = static_cast<uint8_t>(input[i]), record = static_cast<uint8_t>(input[i + 1]);
    absl::StrAppend(&lines, kOwners[owner % 16], " ", kRecords[record % 16], "\n");
  }
  const std::shared_ptr<const Zone> zone = MakeZone("e.", lines);
  const ZoneCatalog catalog({zone});
  std::vector<char> buffer(65535);
  for (size_t i = end + 1; i + 3 < input.size() && i < end + 64; i += 4) {
    const auto octet = [&](size_t at) { return static_cast<uint8_t>(input[i + at]); };
    const absl::string_view below = kOwners[octet(1) % 16], front = octet(0) % 2 == 0 ? "" : "q.";
    const std::string text = below == "@" ? absl::StrCat(front, "e.") : absl::StrCat(front, below, ".e.");
    const dns::Name name = *dns::Name::FromText(text);
    const dns::LookupName lookup(name.wire());
    Question question;
    question.name = &lookup;
    question.type = kTypes[octet(2) % 16];
    question.rr_class = dns::rr_class::kIN;
    question.dnssec_ok = (octet(3) & 1) != 0;
    question.minimal_any = (octet(3) & 2) != 0;
    if ((octet(3) & 4) != 0) question.max_size = 300 + octet(0);
    size_t size = 0;
    std::optional<dns::ZoneVersion> version;
    const AnswerOutcome outcome = AnswerQuestion(catalog, question, buffer.data(), &size, &version);
    if (outcome == AnswerOutcome::kTooCostly) continue;
    Require(outcome == AnswerOutcome::kAnswered && version.has_value() && version->label_count == 1);
    Require(size <= question.max_size);
    const absl::StatusOr<dns::Message> message = dns::ParseMessage(absl::string_view(buffer.data(), size));
    Require(message.ok() && message->questions.size() == 1);
    CheckAnswer(*message, question, zone->reader.chain_size() > 0);
  }
}

}  // namespace strata::authority

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::authority::Answer(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
