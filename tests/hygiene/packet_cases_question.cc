// Names, types and classes.
//
// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "tests/hygiene/packet_cases.h"
#include "tests/hygiene/wire_parts.h"

namespace strata::tests {
namespace {

namespace rr = dns::rr_type;
namespace rr_class = dns::rr_class;

constexpr char kTypeAIn[] = {0, 1, 0, 1};

// A query whose name is these octets.
PacketCase Named(absl::string_view name, absl::string_view octets) {
  return {absl::StrCat("name-", name), absl::StrCat(Header(), octets, absl::string_view(kTypeAIn, sizeof kTypeAIn))};
}

// A query with something in front, so that there is what a pointer could point to.
PacketCase NamedBehindAnother(absl::string_view name, absl::string_view octets) {
  return {absl::StrCat("name-", name),
          absl::StrCat(Header({.ancount = 1}), Question("www.hyg.test"), octets, U16(rr::kA), U16(rr_class::kIN),
                       std::string(4, '\0'), U16(4), "addr")};
}

void AddNames(std::vector<PacketCase>* cases) {
  const std::string zone = WireName("hyg.test");
  const std::string label_63 = absl::StrCat("\x3f", std::string(63, 'x'));
  cases->push_back(Named("root", WireName("")));
  cases->push_back(Named("one-label", WireName("test")));
  cases->push_back(Named("label-63", label_63 + zone));
  cases->push_back(Named("label-63-elsewhere", label_63 + WireName("other.test")));
  cases->push_back(Named("label-64", "\x40" + std::string(64, 'x') + zone));
  cases->push_back(Named("size-254", NameOfSize(254, zone)));
  cases->push_back(Named("size-255", NameOfSize(255, zone)));
  cases->push_back(Named("size-256", "\1x" + NameOfSize(254, zone)));
  cases->push_back(Named("size-257", "\1x" + NameOfSize(255, zone)));
  cases->push_back(Named("size-320", label_63 + "\1x" + NameOfSize(254, zone)));
  cases->push_back(Named("size-255-elsewhere", NameOfSize(255, WireName("other.test"))));
  std::string many;
  for (int i = 0; i < 122; ++i) many += "\1x";
  cases->push_back(Named("labels-124", many + zone));
  cases->push_back(Named("labels-129", many + "\1x\1x\1x\1x\1x" + zone));
  cases->push_back(Named("octets", std::string("\4\0\xff. ", 5) + zone));
  cases->push_back(Named("dot", "\3a.b" + zone));
  cases->push_back(Named("underscore", WireName("_a.www.hyg.test")));
  cases->push_back(Named("unended", absl::string_view("\3www\3hyg\4test", 13)));
  cases->push_back(Named("label-beyond-end", "\x3fwww"));
}

void AddPointersAndTypes(std::vector<PacketCase>* cases) {
  const std::string zone = WireName("hyg.test");
  cases->push_back(Named("pointer-to-itself", "\xc0\x0c"));
  cases->push_back(Named("pointer-forward", "\xc0\x0e"));
  cases->push_back(Named("pointer-beyond-end", "\xc0\xff"));
  cases->push_back(Named("pointer-to-header", absl::string_view("\xc0\0", 2)));
  cases->push_back(Named("pointer-to-flags", absl::string_view("\xc0\x02", 2)));
  cases->push_back(Named("pointer-behind-label-to-itself", "\3www\xc0\x0c"));
  cases->push_back(Named("pointer-behind-label-to-header", absl::string_view("\3www\xc0\x06", 6)));
  cases->push_back(Named("pointer-cut", "\3www\xc0"));
  cases->push_back(Named("type-40", absl::string_view("\x40", 1)));
  cases->push_back(Named("type-40-label", "\x43www" + zone));
  cases->push_back(Named("type-41-binary-label", absl::string_view("\x41\1\2\3\0", 5)));
  cases->push_back(Named("type-80", absl::string_view("\x80x\0", 3)));
  cases->push_back(Named("type-bf", "\xbfx" + zone));
  cases->push_back(Named("type-7f-behind-label", "\3www\x7f" + zone));
  cases->push_back(NamedBehindAnother("record-pointer-backward", "\xc0\x0c"));
  cases->push_back(NamedBehindAnother("record-pointer-to-itself", "\xc0\x1e"));
  cases->push_back(NamedBehindAnother("record-pointer-forward", "\xc0\x20"));
  cases->push_back(NamedBehindAnother("record-pointer-to-header", absl::string_view("\xc0\0", 2)));
  cases->push_back(NamedBehindAnother("record-type-40", "\x40"));
  cases->push_back(NamedBehindAnother("record-type-80", "\x80"));
}

void AddCase(std::vector<PacketCase>* cases) {
  for (const char* name :
       {"wWw.HyG.tEsT", "WWW.HYG.TEST", "nO.hYg.TeSt", "wWw.OtHeR.tEsT", "NS.hyg.test", "HYG.TEST"}) {
    for (const bool edns : {false, true}) {
      cases->push_back({absl::StrCat("case-", name, edns ? "-edns" : ""),
                        Header({.arcount = edns}) + Question(name) + (edns ? Opt() : "")});
    }
    cases->push_back({absl::StrCat("case-", name, "-any"), Header() + Question(name, rr::kANY)});
    cases->push_back({absl::StrCat("case-", name, "-ch"), Header() + Question(name, rr::kA, rr_class::kCH)});
    cases->push_back({absl::StrCat("case-", name, "-tsig"), Header() + Question(name, rr::kTSIG)});
    cases->push_back({absl::StrCat("case-", name, "-status"),
                      Header({.flags = dns::opcode::kStatus << dns::kOpcodeShift}) + Question(name)});
    cases->push_back(
        {absl::StrCat("case-", name, "-version-1"), Header({.arcount = 1}) + Question(name) + Opt({.version = 1})});
    cases->push_back({absl::StrCat("case-", name, "-trailing"), Header() + Question(name) + "x"});
  }
}

void AddTypesAndClasses(std::vector<PacketCase>* cases) {
  const uint16_t types[] = {0,          rr::kA,     3,        rr::kNS,   rr::kSOA,    rr::kOPT,   100,
                            128,        200,        248,      rr::kTKEY, rr::kTSIG,   rr::kIXFR,  rr::kAXFR,
                            rr::kMAILB, rr::kMAILA, rr::kANY, rr::kDS,   rr::kDNSKEY, rr::kRRSIG, rr::kNSEC,
                            1234,       32769,      65280,    65534,     65535};
  for (const uint16_t type : types) {
    for (const char* name : {"www.hyg.test", "hyg.test", "no.hyg.test", "www.other.test"}) {
      cases->push_back({absl::StrCat("type-", type, "-", name), Header() + Question(name, type)});
    }
    cases->push_back({absl::StrCat("type-", type, "-do"),
                      Header({.arcount = 1}) + Question("www.hyg.test", type) + Opt({.flags = kDnssecOk})});
  }
  const uint16_t classes[] = {0, 2, rr_class::kCH, rr_class::kHS, 5, 253, rr_class::kNONE, rr_class::kANY, 256, 65535};
  for (const uint16_t c : classes) {
    for (const uint16_t type : {rr::kA, rr::kSOA, rr::kANY, rr::kAXFR, rr::kTSIG, rr::kMAILB}) {
      cases->push_back({absl::StrCat("class-", c, "-type-", type), Header() + Question("hyg.test", type, c)});
    }
    cases->push_back({absl::StrCat("class-", c, "-elsewhere"), Header() + Question("www.other.test", rr::kA, c)});
    cases->push_back({absl::StrCat("class-", c, "-nxdomain"), Header() + Question("no.hyg.test", rr::kA, c)});
    cases->push_back({absl::StrCat("class-", c, "-edns"),
                      Header({.flags = dns::kRd, .arcount = 1}) + Question("www.hyg.test", rr::kA, c) + Opt()});
  }
}

}  // namespace

std::vector<PacketCase> QuestionCases() {
  std::vector<PacketCase> cases;
  AddNames(&cases);
  AddPointersAndTypes(&cases);
  AddCase(&cases);
  AddTypesAndClasses(&cases);
  return cases;
}

}  // namespace strata::tests
