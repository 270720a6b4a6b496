// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/wire_parts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace strata::tests {
namespace {

std::string U32(uint32_t value) { return U16(static_cast<uint16_t>(value >> 16)) + U16(static_cast<uint16_t>(value)); }

}  // namespace

std::string U16(uint16_t value) { return {static_cast<char>(value >> 8), static_cast<char>(value)}; }

std::string Header(const HeaderParts& parts) {
  return absl::StrCat(U16(parts.id), U16(parts.flags), U16(parts.qdcount), U16(parts.ancount), U16(parts.nscount),
                      U16(parts.arcount));
}

std::string WireName(absl::string_view dotted) {
  std::string name;
  for (absl::string_view label : absl::StrSplit(dotted, '.', absl::SkipEmpty())) {
    name.push_back(static_cast<char>(label.size()));
    name.append(label.data(), label.size());
  }
  name.push_back('\0');
  return name;
}

std::string NameOfSize(size_t size, absl::string_view suffix) {
  std::string name;
  for (size_t left = size - suffix.size(); left > 0;) {
    // No label may leave a single octet behind.
    const size_t whole = left == 65 ? 63 : std::min<size_t>(left, 64);
    name.push_back(static_cast<char>(whole - 1));
    name.append(whole - 1, 'l');
    left -= whole;
  }
  return absl::StrCat(name, suffix);
}

std::string Question(absl::string_view dotted, uint16_t type, uint16_t rr_class) {
  return absl::StrCat(WireName(dotted), U16(type), U16(rr_class));
}

std::string Record(absl::string_view owner, uint16_t type, uint16_t rr_class, uint32_t ttl, absl::string_view rdata) {
  return absl::StrCat(owner, U16(type), U16(rr_class), U32(ttl), U16(static_cast<uint16_t>(rdata.size())), rdata);
}

std::string Opt(const OptParts& parts) {
  const uint32_t ttl =
      static_cast<uint32_t>(parts.extended_rcode) << 24 | static_cast<uint32_t>(parts.version) << 16 | parts.flags;
  return Record(WireName(""), dns::rr_type::kOPT, parts.size, ttl, parts.options);
}

std::string Option(uint16_t code, absl::string_view value) {
  return absl::StrCat(U16(code), U16(static_cast<uint16_t>(value.size())), value);
}

std::string Framed(absl::string_view message) {
  return absl::StrCat(U16(static_cast<uint16_t>(message.size())), message);
}

}  // namespace strata::tests
