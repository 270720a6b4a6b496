// Packets put together from parts, each as the caller wants it, right or wrong.
//
//   Header({.flags = dns::kRd, .arcount = 1}) + Question("www.a.test", dns::rr_type::kA) + Opt({.version = 1})
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_HYGIENE_WIRE_PARTS_H_
#define STRATA_TESTS_HYGIENE_WIRE_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "dns/rr_type.h"

namespace strata::tests {

struct HeaderParts {
  uint16_t id = 0;
  uint16_t flags = 0;
  uint16_t qdcount = 1;
  uint16_t ancount = 0;
  uint16_t nscount = 0;
  uint16_t arcount = 0;
};
std::string Header(const HeaderParts& parts = {});

std::string U16(uint16_t value);
// Labels as they are between the dots, and the root's: "wWw.a.test". The root is "".
std::string WireName(absl::string_view dotted);
// A name of `size` octets, at most 255, that ends in `suffix`, which is in wire form.
std::string NameOfSize(size_t size, absl::string_view suffix);
std::string Question(absl::string_view dotted, uint16_t type = dns::rr_type::kA,
                     uint16_t rr_class = dns::rr_class::kIN);

// `owner` in wire form.
std::string Record(absl::string_view owner, uint16_t type, uint16_t rr_class, uint32_t ttl, absl::string_view rdata);

struct OptParts {
  uint16_t size = 1232;
  uint8_t extended_rcode = 0;
  uint8_t version = 0;
  uint16_t flags = 0;
  absl::string_view options = {};
};
inline constexpr uint16_t kDnssecOk = 0x8000;
std::string Opt(const OptParts& parts = {});
std::string Option(uint16_t code, absl::string_view value = "");

// `message` behind its length, as over TCP.
std::string Framed(absl::string_view message);

}  // namespace strata::tests

#endif  // STRATA_TESTS_HYGIENE_WIRE_PARTS_H_
