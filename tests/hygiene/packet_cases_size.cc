// What fits over UDP, and the zone with answers of every size.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "tests/hygiene/packet_cases.h"
#include "tests/hygiene/wire_parts.h"

namespace strata::tests {
namespace {

// Around what fits without EDNS, with it, and 1232 octets with it.
constexpr size_t kSizes[] = {300,  500,  501,  502,  511,  512,  513,  1000,  1220, 1221,
                             1222, 1231, 1232, 1233, 4000, 4085, 4096, 20000, 60000};

std::string SizeName(size_t size) { return absl::StrCat("size-", size); }

// The TXT record for it, in text.
std::string TextOfSize(size_t size) {
  const std::string question = Question(absl::StrCat(SizeName(size), ".", kHygieneOrigin), dns::rr_type::kTXT);
  size_t rdata = size - dns::kHeaderSize - question.size() - 12;  // owner (a pointer), type, class, TTL, length
  std::string text;
  while (rdata > 0) {
    const size_t string = std::min<size_t>(rdata, 256);
    absl::StrAppend(&text, " \"", std::string(string - 1, 't'), "\"");
    rdata -= string;
  }
  return text;
}

}  // namespace

std::string HygieneZone() {
  std::string zone =
      "$TTL 60\n"
      "@ SOA ns root 1 3600 600 86400 60\n"
      "@ NS ns\n"
      "ns A 192.0.2.1\n"
      "www A 192.0.2.2\n"
      "marker A 192.0.2.3\n";
  for (const size_t size : kSizes) absl::StrAppend(&zone, SizeName(size), " TXT", TextOfSize(size), "\n");
  return zone;
}

std::vector<PacketCase> SizeCases() {
  std::vector<PacketCase> cases;
  for (const size_t answer : kSizes) {
    const std::string question = Question(absl::StrCat(SizeName(answer), ".", kHygieneOrigin), dns::rr_type::kTXT);
    const std::string name = absl::StrCat("answer-size-", answer);
    cases.push_back({name, Header() + question});
    for (const uint16_t budget : {0, 511, 512, 513, 1231, 1232, 1233, 4096, 65535}) {
      cases.push_back(
          {absl::StrCat(name, "-edns-", budget), Header({.arcount = 1}) + question + Opt({.size = budget})});
    }
    cases.push_back(
        {absl::StrCat(name, "-do"), Header({.flags = dns::kTc, .arcount = 1}) + question + Opt({.flags = kDnssecOk})});
  }
  return cases;
}

}  // namespace strata::tests
