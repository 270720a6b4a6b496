// Domain names in wire form (RFC 1035 §3.1).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_NAME_H_
#define STRATA_DNS_NAME_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::dns {

// RFC 1035 §2.3.4. A name's size counts the length octets and the root label.
inline constexpr size_t kMaxNameSize = 255;
inline constexpr size_t kMaxLabelSize = 63;
// 127 one-octet labels and the root.
inline constexpr size_t kMaxLabels = 128;

// ASCII letters to lower case, every other octet as it is (RFC 4343): a length octet (at most 63) is
// below 'A', so a whole wire-form name can be folded octet by octet.
inline constexpr char ToLowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string ToLowerAscii(absl::string_view text);

// An absolute domain name: valid by construction, uncompressed, case kept. A value: copy and compare
// freely. Comparison is by RFC 4343 (ASCII case-insensitive).
class Name {
 public:
  // The root.
  Name() : wire_(1, '\0') {}

  // From exactly one uncompressed name. Fails on bad label lengths, on more than 255 octets and on
  // octets left over.
  static absl::StatusOr<Name> FromWire(absl::string_view wire);

  // From presentation form (RFC 1035 §5.1): escapes \X and \DDD; "@" is `origin`; text without a
  // final dot is relative to `origin`. The error says what is wrong with which label.
  static absl::StatusOr<Name> FromText(absl::string_view text, const Name& origin = Name());

  // Presentation form, absolute with its final dot; what is special in zone files is escaped.
  std::string ToText() const;

  absl::string_view wire() const { return wire_; }
  bool IsRoot() const { return wire_.size() == 1; }
  // The first label is a lone asterisk (RFC 4592 §2.1.1).
  bool IsWildcard() const { return wire_.size() > 2 && wire_[0] == 1 && wire_[1] == '*'; }
  // Labels without the root.
  int LabelCount() const;
  // Without the first label. REQUIRES: !IsRoot().
  Name Parent() const;
  // Itself counts: every name is a subdomain of itself here.
  bool IsSubdomainOf(const Name& ancestor) const;
  // All letters in lower case.
  Name Lowercased() const;

  // `label` is raw octets. Fails when the result would be too long or the label is empty.
  absl::StatusOr<Name> Prepend(absl::string_view label) const;

  friend bool operator==(const Name& a, const Name& b);
  friend bool operator!=(const Name& a, const Name& b) { return !(a == b); }
  // Canonical order (RFC 4034 §6.1).
  friend bool operator<(const Name& a, const Name& b);
  template <typename H>
  friend H AbslHashValue(H h, const Name& name) {
    return H::combine(std::move(h), ToLowerAscii(absl::string_view(name.wire_)));
  }

 private:
  explicit Name(std::string wire) : wire_(std::move(wire)) {}

  std::string wire_;
};

// The functions below take wire-form names that are known to be valid: from Name::wire(), a
// WireReader or a verified snapshot.

// Size in octets of the valid name at the start of `wire`, or 0 when there is none.
size_t WireNameSize(absl::string_view wire);
// <0, 0, >0 by canonical order (RFC 4034 §6.1): labels from the right, letters folded.
int CompareCanonical(absl::string_view a, absl::string_view b);
bool NamesEqual(absl::string_view a, absl::string_view b);
// Whether the name is `ancestor` or lies below it.
bool IsSubdomain(absl::string_view name, absl::string_view ancestor);
// Presentation form, as Name::ToText().
std::string WireNameToText(absl::string_view wire);
// Appends one label's presentation form.
void AppendLabelText(absl::string_view label, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_NAME_H_
