// The OPT record: version, flags, options, place and form.
//
// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "tests/hygiene/packet_cases.h"
#include "tests/hygiene/wire_parts.h"

namespace strata::tests {
namespace {

namespace rr = dns::rr_type;
namespace option = dns::edns_option;

// A query with these octets behind its question, counted as one record of the additional section.
PacketCase WithOpt(absl::string_view name, absl::string_view octets, absl::string_view question_of = "www.hyg.test") {
  return {absl::StrCat("edns-", name), absl::StrCat(Header({.arcount = 1}), Question(question_of), octets)};
}

// An OPT whose RDLENGTH is not that of its RDATA.
std::string OptOfLength(uint16_t length, absl::string_view rdata) {
  std::string opt = Opt();
  dns::SetU16(opt.data(), 9, length);
  return absl::StrCat(opt, rdata);
}

void AddVersionsAndFlags(std::vector<PacketCase>* cases) {
  for (const uint8_t version : {1, 2, 127, 255}) {
    const std::string name = absl::StrCat("version-", version);
    cases->push_back(WithOpt(name, Opt({.version = version})));
    cases->push_back(WithOpt(absl::StrCat(name, "-do"), Opt({.version = version, .flags = kDnssecOk})));
    cases->push_back(WithOpt(absl::StrCat(name, "-nxdomain"), Opt({.version = version}), "no.hyg.test"));
    cases->push_back(WithOpt(absl::StrCat(name, "-elsewhere"), Opt({.version = version}), "www.other.test"));
    cases->push_back(WithOpt(absl::StrCat(name, "-option"), Opt({.version = version, .options = Option(65001, "x")})));
    cases->push_back(WithOpt(absl::StrCat(name, "-bad-option"), Opt({.version = version, .options = "xxx"})));
    cases->push_back(WithOpt(absl::StrCat(name, "-trailing"), Opt({.version = version}) + "x"));
    cases->push_back({absl::StrCat("edns-", name, "-two-questions"),
                      Header({.qdcount = 2, .arcount = 1}) + Question("www.hyg.test") + Question("ns.hyg.test") +
                          Opt({.version = version})});
    cases->push_back({absl::StrCat("edns-", name, "-tsig-type"),
                      Header({.arcount = 1}) + Question("www.hyg.test", rr::kTSIG) + Opt({.version = version})});
    cases->push_back(
        {absl::StrCat("edns-", name, "-chaos"),
         Header({.arcount = 1}) + Question("www.hyg.test", rr::kA, dns::rr_class::kCH) + Opt({.version = version})});
  }
  cases->push_back(WithOpt("plain", Opt()));
  cases->push_back(WithOpt("plain-nxdomain", Opt(), "no.hyg.test"));
  cases->push_back(WithOpt("plain-elsewhere", Opt(), "www.other.test"));
  for (int bit = 0; bit < 15; ++bit) {
    cases->push_back(WithOpt(absl::StrCat("flag-", bit), Opt({.flags = static_cast<uint16_t>(1 << bit)})));
  }
  cases->push_back(WithOpt("flags-all", Opt({.flags = 0xffff})));
  cases->push_back(WithOpt("do-nxdomain", Opt({.flags = kDnssecOk}), "no.hyg.test"));
  cases->push_back(WithOpt("do-elsewhere", Opt({.flags = kDnssecOk}), "www.other.test"));
  for (const uint8_t rcode : {1, 16, 255}) {
    cases->push_back(WithOpt(absl::StrCat("extended-rcode-", rcode), Opt({.extended_rcode = rcode})));
  }
  for (const uint16_t size : {0, 1, 511, 512, 513, 4096, 65535}) {
    cases->push_back(WithOpt(absl::StrCat("size-", size), Opt({.size = size})));
  }
}

void AddOptions(std::vector<PacketCase>* cases) {
  for (const uint16_t code : {0, 1, 2, 4, 5, 6, 7, 13, 14, 15, 16, 17, 18, 19, 20, 26946, 65001, 65534, 65535}) {
    cases->push_back(WithOpt(absl::StrCat("option-", code), Opt({.options = Option(code)})));
    cases->push_back(WithOpt(absl::StrCat("option-", code, "-x"), Opt({.options = Option(code, "xxxxxxxx")})));
  }
  std::string many;
  for (uint16_t code = 65001; code < 65051; ++code) many += Option(code, "x");
  cases->push_back(WithOpt("options-50", Opt({.options = many})));
  cases->push_back(WithOpt("option-unknown-twice", Opt({.options = Option(65001, "a") + Option(65001, "b")})));
  cases->push_back(WithOpt("option-nxdomain", Opt({.options = Option(65001, "a")}), "no.hyg.test"));
  cases->push_back(WithOpt("keepalive", Opt({.options = Option(option::kTcpKeepalive)})));
  cases->push_back(WithOpt("keepalive-value", Opt({.options = Option(option::kTcpKeepalive, U16(100))})));
  cases->push_back(WithOpt("keepalive-1", Opt({.options = Option(option::kTcpKeepalive, "x")})));
  cases->push_back(WithOpt("padding-0", Opt({.options = Option(option::kPadding)})));
  cases->push_back(WithOpt("padding-100", Opt({.options = Option(option::kPadding, std::string(100, '\0'))})));
  cases->push_back(WithOpt("padding-ones", Opt({.options = Option(option::kPadding, std::string(9, '\xff'))})));
  for (const size_t size : {600, 1300, 4000, 8000, 60000}) {
    cases->push_back(
        WithOpt(absl::StrCat("padding-", size), Opt({.options = Option(option::kPadding, std::string(size, '\0'))})));
  }
}

// RFC 5001 and RFC 7873.
void AddIdentity(std::vector<PacketCase>* cases) {
  cases->push_back(WithOpt("nsid", Opt({.options = Option(option::kNsid)})));
  cases->push_back(WithOpt("nsid-data", Opt({.options = Option(option::kNsid, "data")})));
  cases->push_back(WithOpt("nsid-twice", Opt({.options = Option(option::kNsid) + Option(option::kNsid)})));
  for (const size_t size : {0, 1, 7, 8, 9, 15, 16, 24, 40, 41, 100}) {
    const std::string cookie = Option(option::kCookie, std::string(size, 'c'));
    cases->push_back(WithOpt(absl::StrCat("cookie-", size), Opt({.options = cookie})));
    cases->push_back(
        {absl::StrCat("edns-cookie-alone-", size), Header({.qdcount = 0, .arcount = 1}) + Opt({.options = cookie})});
  }
  const std::string client = Option(option::kCookie, "12345678");
  cases->push_back(WithOpt("cookie-twice", Opt({.options = client + client})));
  cases->push_back(WithOpt("cookie-nxdomain", Opt({.options = client}), "no.hyg.test"));
  cases->push_back(WithOpt("cookie-elsewhere", Opt({.options = client}), "www.other.test"));
  cases->push_back(WithOpt("cookie-version-1", Opt({.version = 1, .options = client})));
}

// RFC 7871 §6: FAMILY, SOURCE PREFIX-LENGTH, SCOPE PREFIX-LENGTH, ADDRESS.
void AddClientSubnets(std::vector<PacketCase>* cases) {
  const std::pair<const char*, absl::string_view> subnets[] = {
      {"ipv4", {"\0\1\x18\0\xc0\0\2", 7}},
      {"ipv6", {"\0\2\x20\0\x20\1\x0d\xb8", 8}},
      {"zero", {"\0\1\0\0", 4}},
      {"family-0", {"\0\0\0\0", 4}},
      {"family-0-address", {"\0\0\x08\0\x0a", 5}},
      {"family-3", {"\0\3\x08\0\x0a", 5}},
      {"empty", {"", 0}},
      {"cut", {"\0\1\x18", 3}},
      {"address-short", {"\0\1\x18\0\xc0\0", 6}},
      {"address-long", {"\0\1\x18\0\xc0\0\2\1", 8}},
      {"prefix-33", {"\0\1\x21\0\xc0\0\2\1\1", 9}},
      {"prefix-129",
       {"\0\2\x81\0"
        "12345678901234567",
        21}},
      {"scope-set", {"\0\1\x18\x18\xc0\0\2", 7}},
      {"host-bits", {"\0\1\x14\0\xc0\0\x2f", 7}},
  };
  for (const auto& [name, value] : subnets) {
    cases->push_back(WithOpt(absl::StrCat("subnet-", name), Opt({.options = Option(option::kClientSubnet, value)})));
  }
}

void AddPlaces(std::vector<PacketCase>* cases) {
  const std::string www = Question("www.hyg.test");
  const std::string rest = Opt().substr(1);  // all but the owner
  const std::string a = Record(WireName("www.hyg.test"), rr::kA, 1, 60, "\1\2\3\4");
  cases->push_back({"edns-in-answer", Header({.ancount = 1}) + www + Opt()});
  cases->push_back({"edns-in-authority", Header({.nscount = 1}) + www + Opt()});
  cases->push_back({"edns-in-answer-and-additional", Header({.ancount = 1, .arcount = 1}) + www + Opt() + Opt()});
  cases->push_back({"edns-twice", Header({.arcount = 2}) + www + Opt() + Opt()});
  cases->push_back(
      {"edns-twice-differing", Header({.arcount = 2}) + www + Opt() + Opt({.size = 512, .flags = kDnssecOk})});
  cases->push_back({"edns-twice-version-1", Header({.arcount = 2}) + www + Opt() + Opt({.version = 1})});
  cases->push_back({"edns-version-1-twice", Header({.arcount = 2}) + www + Opt({.version = 1}) + Opt({.version = 1})});
  cases->push_back({"edns-three-times", Header({.arcount = 3}) + www + Opt() + Opt() + Opt()});
  cases->push_back({"edns-before-record", Header({.arcount = 2}) + www + Opt() + a});
  cases->push_back({"edns-behind-record", Header({.arcount = 2}) + www + a + Opt()});
  cases->push_back(WithOpt("owner-name", WireName("hyg.test") + rest));
  cases->push_back(WithOpt("owner-pointer", "\xc0\x0c" + rest));
  cases->push_back(WithOpt("owner-pointer-to-root", "\xc0\x19" + rest));
  cases->push_back(WithOpt("owner-type-40", "\x40" + rest));
  cases->push_back(WithOpt("owner-pointer-to-itself", "\xc0\x1e" + rest));
}

void AddForms(std::vector<PacketCase>* cases) {
  cases->push_back(WithOpt("rdata-1", Opt({.options = "x"})));
  cases->push_back(WithOpt("rdata-2", Opt({.options = "xx"})));
  cases->push_back(WithOpt("rdata-3", Opt({.options = "xxx"})));
  cases->push_back(WithOpt("rdata-1-nxdomain", Opt({.options = "x"}), "no.hyg.test"));
  cases->push_back(WithOpt("rdata-1-elsewhere", Opt({.options = "x"}), "www.other.test"));
  const std::string beyond = U16(65001) + U16(5) + "four";
  cases->push_back(WithOpt("option-beyond-rdata", Opt({.options = beyond})));
  cases->push_back(WithOpt("option-beyond-rdata-65535", Opt({.options = U16(65001) + U16(65535) + "x"})));
  cases->push_back(WithOpt("option-good-then-beyond", Opt({.options = Option(65002, "x") + beyond})));
  cases->push_back(WithOpt("option-then-1", Opt({.options = Option(65002, "x") + "x"})));
  cases->push_back(WithOpt("option-then-3", Opt({.options = Option(65002, "x") + "xxx"})));
  cases->push_back(WithOpt("option-nsid-beyond-rdata", Opt({.options = U16(option::kNsid) + U16(1)})));
  cases->push_back(WithOpt("rdlength-beyond-packet", OptOfLength(9, Option(65001, "four"))));
  cases->push_back(WithOpt("rdlength-65535", OptOfLength(65535, Option(65001, "four"))));
  cases->push_back(WithOpt("rdlength-1-nothing", OptOfLength(1, "")));
  cases->push_back(WithOpt("rdlength-short", OptOfLength(7, Option(65001, "four"))));
  cases->push_back(WithOpt("rdlength-0-option", OptOfLength(0, Option(65001, "four"))));
}

}  // namespace

std::vector<PacketCase> EdnsCases() {
  std::vector<PacketCase> cases;
  AddVersionsAndFlags(&cases);
  AddOptions(&cases);
  AddIdentity(&cases);
  AddClientSubnets(&cases);
  AddPlaces(&cases);
  AddForms(&cases);
  return cases;
}

}  // namespace strata::tests
