// SPDX-License-Identifier: Apache-2.0
#include "dns/name.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "dns/text/character_string.h"

namespace strata::dns {
namespace {

// Offsets of the labels of a valid name, the root not counted.
int LabelOffsets(absl::string_view wire, std::array<uint8_t, kMaxLabels>* offsets) {
  int count = 0;
  for (size_t at = 0; wire[at] != 0; at += static_cast<uint8_t>(wire[at]) + 1) {
    (*offsets)[count++] = static_cast<uint8_t>(at);
  }
  return count;
}

int CompareLabels(absl::string_view a, absl::string_view b) {
  const size_t shared = std::min(a.size(), b.size());
  for (size_t i = 0; i < shared; ++i) {
    const auto x = static_cast<uint8_t>(ToLowerAscii(a[i]));
    const auto y = static_cast<uint8_t>(ToLowerAscii(b[i]));
    if (x != y) return x < y ? -1 : 1;
  }
  return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

}  // namespace

std::string ToLowerAscii(absl::string_view text) {
  std::string out(text);
  for (char& c : out) c = ToLowerAscii(c);
  return out;
}

size_t WireNameSize(absl::string_view wire) {
  size_t at = 0;
  while (at < wire.size() && at < kMaxNameSize) {
    const auto size = static_cast<uint8_t>(wire[at]);
    if (size == 0) return at + 1;
    if (size > kMaxLabelSize) return 0;
    at += size + 1;
  }
  return 0;
}

int CompareCanonical(absl::string_view a, absl::string_view b) {
  std::array<uint8_t, kMaxLabels> a_at, b_at;
  int i = LabelOffsets(a, &a_at);
  int j = LabelOffsets(b, &b_at);
  while (i > 0 && j > 0) {
    const size_t x = a_at[--i];
    const size_t y = b_at[--j];
    const int order =
        CompareLabels(a.substr(x + 1, static_cast<uint8_t>(a[x])), b.substr(y + 1, static_cast<uint8_t>(b[y])));
    if (order != 0) return order;
  }
  return i == j ? 0 : i < j ? -1 : 1;
}

bool NamesEqual(absl::string_view a, absl::string_view b) {
  // Mostly both are written alike.
  return a == b || (a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
                      return ToLowerAscii(x) == ToLowerAscii(y);
                    }));
}

bool IsSubdomain(absl::string_view name, absl::string_view ancestor) {
  if (name.size() < ancestor.size()) return false;
  const size_t below = name.size() - ancestor.size();
  // Names that lie elsewhere mostly end otherwise.
  if (!NamesEqual(name.substr(below), ancestor)) return false;
  size_t at = 0;
  while (at < below) at += static_cast<uint8_t>(name[at]) + 1u;
  return at == below;
}

void AppendLabelText(absl::string_view label, std::string* out) {
  for (char c : label) {
    const auto octet = static_cast<uint8_t>(c);
    if (octet <= 0x20 || octet >= 0x7f) {
      absl::StrAppend(out, "\\", octet / 100, octet / 10 % 10, octet % 10);
    } else {
      if (absl::string_view(".\\\"();@$").find(c) != absl::string_view::npos) out->push_back('\\');
      out->push_back(c);
    }
  }
}

std::string WireNameToText(absl::string_view wire) {
  if (wire.size() <= 1) return ".";
  std::string out;
  out.reserve(wire.size());
  for (size_t at = 0; wire[at] != 0;) {
    const auto size = static_cast<uint8_t>(wire[at]);
    AppendLabelText(wire.substr(at + 1, size), &out);
    out.push_back('.');
    at += size + 1;
  }
  return out;
}

absl::StatusOr<Name> Name::FromWire(absl::string_view wire) {
  const size_t size = WireNameSize(wire);
  if (size == 0) return absl::InvalidArgumentError("not a wire-form name");
  if (size != wire.size()) return absl::InvalidArgumentError("octets left over behind the name");
  return Name(std::string(wire));
}

absl::StatusOr<Name> Name::FromText(absl::string_view text, const Name& origin) {
  if (text.empty()) return absl::InvalidArgumentError("an empty name; the root is written \".\"");
  if (text == "@") return origin;
  if (text == ".") return Name();
  std::string wire;
  size_t pos = 0;
  bool absolute = false;
  while (pos < text.size()) {
    const size_t length_at = wire.size();
    const size_t label_start = pos;
    wire.push_back('\0');
    while (pos < text.size() && text[pos] != '.') {
      absl::StatusOr<char> octet = ReadEscapedOctet(text, &pos);
      if (!octet.ok()) return octet.status();
      wire.push_back(*octet);
    }
    const size_t size = wire.size() - length_at - 1;
    if (size == 0) return absl::InvalidArgumentError("an empty label (two dots in a row, or one at the start)");
    if (size > kMaxLabelSize) {
      return absl::InvalidArgumentError(
          absl::StrCat("label \"", text.substr(label_start, 16), "...\" has ", size, " octets; the most is 63"));
    }
    wire[length_at] = static_cast<char>(size);
    if (pos < text.size()) absolute = ++pos == text.size();
  }
  if (absolute) {
    wire.push_back('\0');
  } else {
    wire += origin.wire_;
  }
  if (wire.size() > kMaxNameSize) {
    return absl::InvalidArgumentError(absl::StrCat("the name has ", wire.size(), " octets in wire form",
                                                   absolute ? "" : " with its origin", "; the most is 255"));
  }
  return Name(std::move(wire));
}

std::string Name::ToText() const { return WireNameToText(wire_); }

int Name::LabelCount() const {
  std::array<uint8_t, kMaxLabels> offsets;
  return LabelOffsets(wire_, &offsets);
}

Name Name::Parent() const { return Name(wire_.substr(static_cast<uint8_t>(wire_[0]) + 1)); }

bool Name::IsSubdomainOf(const Name& ancestor) const { return IsSubdomain(wire_, ancestor.wire_); }

Name Name::Lowercased() const { return Name(ToLowerAscii(absl::string_view(wire_))); }

absl::StatusOr<Name> Name::Prepend(absl::string_view label) const {
  if (label.empty() || label.size() > kMaxLabelSize) {
    return absl::InvalidArgumentError(absl::StrCat("a label has 1 to 63 octets, not ", label.size()));
  }
  if (wire_.size() + label.size() + 1 > kMaxNameSize) return absl::InvalidArgumentError("the name exceeds 255 octets");
  std::string wire;
  wire.reserve(wire_.size() + label.size() + 1);
  wire.push_back(static_cast<char>(label.size()));
  wire.append(label.data(), label.size());
  wire += wire_;
  return Name(std::move(wire));
}

bool operator==(const Name& a, const Name& b) { return NamesEqual(a.wire_, b.wire_); }
bool operator<(const Name& a, const Name& b) { return CompareCanonical(a.wire_, b.wire_) < 0; }

}  // namespace strata::dns
