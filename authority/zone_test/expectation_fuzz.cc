// Any text is read without harm; and what --update makes of a text that can be read is answered as it expects.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "authority/testing/test_zone.h"
#include "authority/zone_test/expectation_parser.h"
#include "authority/zone_test/zone_test.h"

namespace strata::authority {

void Require(bool holds) {
  if (!holds) std::abort();
}

const ZoneCatalog& Zones() {
  static const ZoneCatalog& zones = *new ZoneCatalog({MakeZone("e.", R"(
    @ NS n.s
    @ MX 1 a
    a A 192.0.2.1
    a AAAA 2001:db8::1
    c CNAME a
    l CNAME l
    o CNAME x.f.
    d DNAME t
    *.w CNAME a
    *.t MX 1 a
    s NS n.s
    n.s A 192.0.2.2
    h HTTPS 1 . alpn="h2,h3"
    x.y.z.v TXT "deep ; ( \" \000\255")")});
  return zones;
}

void TestText(absl::string_view input) {
  const ParsedExpectations parsed = ParseExpectations(input, std::nullopt);
  for (const Mistake& mistake : parsed.mistakes) Require(mistake.at <= input.size());
  Require(!parsed.mistakes.empty() || !parsed.expectations.empty());
  const auto result = TestZones({"a", std::string(input), ""}, Zones(), zonec::kNoColours);
  Require(result.ok());
  if (result->has_mistakes) return;
  const auto again = TestZones({"a", result->updated, ""}, Zones(), zonec::kNoColours);
  Require(again.ok() && again->ok() && again->questions == result->questions);
  Require(again->updated == result->updated);
}

}  // namespace strata::authority

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::authority::TestText(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
