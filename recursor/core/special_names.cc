// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/special_names.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "recursor/core/reverse_name.h"

namespace strata::recursor {
namespace {

using absl::string_view;

// Label and root.
string_view TopLevel(string_view name) {
  string_view last = name;
  for (string_view rest = name; rest.size() > 1; rest.remove_prefix(static_cast<uint8_t>(rest[0]) + size_t{1})) {
    last = rest;
  }
  return last;
}

bool IsLoopbackReverse(string_view name) {
  static const std::string* const v4 = new std::string(ReverseName(string_view("\x7f\0\0\1", 4)));
  static const std::string* const v6 = new std::string(ReverseName(std::string(15, '\0') + '\1'));
  return name == *v4 || name == *v6;
}

}  // namespace

SpecialName FindSpecialName(string_view name) {
  const string_view top = TopLevel(name);
  if (top == string_view("\11localhost\0", 11)) return SpecialName::kLocalhost;
  if (top == string_view("\7invalid\0", 9) || top == string_view("\5onion\0", 7)) return SpecialName::kNonexistent;
  if (top == string_view("\4arpa\0", 6) && IsLoopbackReverse(name)) return SpecialName::kLoopbackReverse;
  return SpecialName::kNone;
}

}  // namespace strata::recursor
