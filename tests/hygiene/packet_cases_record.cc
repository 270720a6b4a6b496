// Records beside the question, TSIG among them.
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

const std::string& Www() {
  static const std::string question = Question("www.hyg.test");
  return question;
}

// RFC 8945 §4.2, with a key that nobody knows.
std::string TsigRdata(absl::string_view algorithm = "hmac-sha256") {
  const std::string time = std::string(2, '\0') + U16(0x6000) + U16(0);
  return absl::StrCat(WireName(algorithm), time, U16(300), U16(32), std::string(32, 'm'), U16(0), U16(0), U16(0));
}

std::string Tsig(absl::string_view rdata, uint16_t rr_class = rr_class::kANY, uint32_t ttl = 0) {
  return Record(WireName("key"), rr::kTSIG, rr_class, ttl, rdata);
}

void AddSections(std::vector<PacketCase>* cases) {
  const std::string owner = WireName("www.hyg.test");
  struct Beside {
    const char* name;
    std::string record;
  };
  const Beside besides[] = {
      {"a", Record(owner, rr::kA, 1, 60, "\1\2\3\4")},
      {"a-pointer", Record("\xc0\x0c", rr::kA, 1, 60, "\1\2\3\4")},
      {"a-3-octets", Record(owner, rr::kA, 1, 60, "\1\2\3")},
      {"a-empty", Record(owner, rr::kA, 1, 60, "")},
      {"a-chaos", Record(owner, rr::kA, rr_class::kCH, 60, "\1\2\3\4")},
      {"ns", Record(owner, rr::kNS, 1, 60, WireName("ns.hyg.test"))},
      {"ns-pointer-loop", Record(owner, rr::kNS, 1, 60, "\xc0\x1e")},
      {"txt-beyond", Record(owner, rr::kTXT, 1, 60, "\5one")},
      {"unknown", Record(owner, 65280, 1, 60, "anything")},
      {"type-any", Record(owner, rr::kANY, 1, 60, "")},
      {"type-axfr", Record(owner, rr::kAXFR, 1, 60, "")},
      {"type-0", Record(owner, 0, 1, 60, "")},
      {"class-any", Record(owner, rr::kA, rr_class::kANY, 0, "")},
      {"class-none", Record(owner, rr::kA, rr_class::kNONE, 0, "\1\2\3\4")},
      {"elsewhere", Record(WireName("www.other.test"), rr::kA, 1, 60, "\1\2\3\4")},
      {"ttl-negative", Record(owner, rr::kA, 1, 0xffffffff, "\1\2\3\4")},
      {"rdlength-beyond", Record(owner, rr::kA, 1, 60, "\1\2\3\4").substr(0, owner.size() + 12)},
  };
  for (const Beside& beside : besides) {
    cases->push_back({absl::StrCat("answer-", beside.name), Header({.ancount = 1}) + Www() + beside.record});
    cases->push_back({absl::StrCat("authority-", beside.name), Header({.nscount = 1}) + Www() + beside.record});
    cases->push_back({absl::StrCat("additional-", beside.name), Header({.arcount = 1}) + Www() + beside.record});
  }
  const std::string a = besides[0].record;
  cases->push_back({"answer-a-edns", Header({.ancount = 1, .arcount = 1}) + Www() + a + Opt()});
  cases->push_back({"authority-a-edns", Header({.nscount = 1, .arcount = 1}) + Www() + a + Opt()});
  cases->push_back({"answer-a-version-1", Header({.ancount = 1, .arcount = 1}) + Www() + a + Opt({.version = 1})});
  cases->push_back({"every-section-a", Header({.ancount = 1, .nscount = 1, .arcount = 1}) + Www() + a + a + a});
  cases->push_back({"answer-a-2", Header({.ancount = 2}) + Www() + a + a});
  cases->push_back({"answer-a-nxdomain", Header({.ancount = 1}) + Question("no.hyg.test") + a});
  cases->push_back({"answer-a-elsewhere", Header({.ancount = 1}) + Question("www.other.test") + a});
  // RFC 1995 §3: the client's SOA.
  const std::string soa = Record(WireName("hyg.test"), rr::kSOA, 1, 0,
                                 absl::StrCat(WireName("ns"), WireName("root"), std::string(20, '\1')));
  cases->push_back({"ixfr-soa", Header({.nscount = 1}) + Question("hyg.test", rr::kIXFR) + soa});
  cases->push_back({"ixfr-elsewhere", Header({.nscount = 1}) + Question("other.test", rr::kIXFR) + soa});
  cases->push_back({"authority-soa", Header({.nscount = 1}) + Question("hyg.test", rr::kSOA) + soa});
}

void AddTsigs(std::vector<PacketCase>* cases) {
  const std::string tsig = Tsig(TsigRdata());
  cases->push_back({"tsig-unknown-key", Header({.arcount = 1}) + Www() + tsig});
  cases->push_back({"tsig-behind-edns", Header({.arcount = 2}) + Www() + Opt() + tsig});
  cases->push_back({"tsig-before-edns", Header({.arcount = 2}) + Www() + tsig + Opt()});
  cases->push_back({"tsig-twice", Header({.arcount = 2}) + Www() + tsig + tsig});
  cases->push_back({"tsig-in-answer", Header({.ancount = 1}) + Www() + tsig});
  cases->push_back({"tsig-in-authority", Header({.nscount = 1}) + Www() + tsig});
  cases->push_back({"tsig-class-in", Header({.arcount = 1}) + Www() + Tsig(TsigRdata(), rr_class::kIN)});
  cases->push_back({"tsig-ttl", Header({.arcount = 1}) + Www() + Tsig(TsigRdata(), rr_class::kANY, 60)});
  cases->push_back({"tsig-empty", Header({.arcount = 1}) + Www() + Tsig("")});
  cases->push_back({"tsig-cut", Header({.arcount = 1}) + Www() + Tsig(TsigRdata().substr(0, 20))});
  cases->push_back({"tsig-algorithm", Header({.arcount = 1}) + Www() + Tsig(TsigRdata("none"))});
  cases->push_back({"tsig-trailing", Header({.arcount = 1}) + Www() + tsig + "x"});
  cases->push_back({"tsig-elsewhere", Header({.arcount = 1}) + Question("www.other.test") + tsig});
  cases->push_back({"tsig-version-1", Header({.arcount = 2}) + Www() + Opt({.version = 1}) + tsig});
  // RFC 2931: SIG(0) covers type 0; servers that do not know it step over it.
  cases->push_back({"sig0-empty", Header({.arcount = 1}) + Www() + Record(WireName(""), 24, rr_class::kANY, 0, "")});
}

}  // namespace

std::vector<PacketCase> RecordCases() {
  std::vector<PacketCase> cases;
  AddSections(&cases);
  AddTsigs(&cases);
  return cases;
}

}  // namespace strata::tests
