// What arrives over TCP: frames whole, in pieces, wrong.
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

std::string Query(uint16_t id, absl::string_view name = "www.hyg.test") { return Header({.id = id}) + Question(name); }

// A query of `size` octets, by padding (RFC 7830).
std::string QueryOfSize(size_t size) {
  const std::string bare = Header({.id = 1, .arcount = 1}) + Question("www.hyg.test");
  const std::string padding(size - bare.size() - dns::kOptFixedSize - 4, '\0');
  return bare + Opt({.options = Option(dns::edns_option::kPadding, padding)});
}

}  // namespace

std::vector<StreamCase> StreamCases() {
  const std::string one = Framed(Query(1));
  std::vector<StreamCase> cases = {
      {"one", one},
      {"two-at-once", one + Framed(Query(2, "ns.hyg.test"))},
      {"three-at-once", one + Framed(Query(2, "no.hyg.test")) + Framed(Query(3, "www.other.test"))},
      {"one-then-closed", one, true},
      {"two-then-closed", one + Framed(Query(2)), true},
      {"nothing-then-closed", "", true},
      {"half-a-length-then-closed", one.substr(0, 1), true},
      {"a-length-then-closed", one.substr(0, 2), true},
      {"half-a-query-then-closed", one.substr(0, 20), true},
      {"one-then-half-then-closed", one + one.substr(0, 20), true},
      {"length-too-large-then-closed", U16(1000) + Query(1), true},
      {"length-65535-then-closed", U16(65535) + Query(1), true},
      {"length-short", U16(20) + Query(1), true},
      {"empty-message", Framed("")},
      {"empty-message-then-one", Framed("") + one},
      {"empty-message-then-closed", Framed(""), true},
      {"response", Framed(Header({.id = 1, .flags = dns::kQr}) + Question("www.hyg.test"))},
      {"response-then-one", Framed(Header({.id = 1, .flags = dns::kQr}) + Question("www.hyg.test")) + one},
      {"formerr-then-one", Framed(Header({.id = 2})) + one},
      {"trailing-then-one", Framed(Query(2) + "x") + one},
      {"two-questions-then-one", Framed(Header({.id = 2, .qdcount = 2}) + Question("ns.hyg.test")) + one},
      {"notimp-then-one",
       Framed(Header({.id = 2, .flags = dns::opcode::kStatus << dns::kOpcodeShift}) + Question("www.hyg.test")) + one},
      {"size-1000", Framed(QueryOfSize(1000))},
      {"size-5000", Framed(QueryOfSize(5000))},
      {"size-65535", Framed(QueryOfSize(65535))},
      {"http", "GET / HTTP/1.0\r\n\r\n", true},
      {"ones", std::string(2, '\0') + std::string(200, '\xff'), true},
  };
  for (size_t size = 1; size < dns::kHeaderSize; ++size) {
    const std::string runt = Framed(Query(1).substr(0, size));
    cases.push_back({absl::StrCat("runt-", size), runt});
    cases.push_back({absl::StrCat("runt-", size, "-then-one"), runt + one});
  }
  return cases;
}

}  // namespace strata::tests
