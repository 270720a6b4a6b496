// SPDX-License-Identifier: Apache-2.0
#include "dns/text/uri_template.h"

#include <cstddef>

#include "absl/strings/str_split.h"

namespace strata::dns {
namespace {

// `expression` is the inside of a pair of braces (RFC 6570 §2.2): an operator, then variables with modifiers.
bool Names(absl::string_view expression, absl::string_view variable) {
  constexpr absl::string_view kOperators = "+#./;?&";
  if (!expression.empty() && kOperators.find(expression[0]) != absl::string_view::npos) expression.remove_prefix(1);
  for (absl::string_view item : absl::StrSplit(expression, ',')) {
    if (item.substr(0, item.find_first_of(":*")) == variable) return true;
  }
  return false;
}

}  // namespace

bool UriTemplateHasVariable(absl::string_view uri_template, absl::string_view variable) {
  bool found = false;
  while (true) {
    const size_t open = uri_template.find_first_of("{}");
    if (open == absl::string_view::npos) return found;
    const size_t close = uri_template.find_first_of("{}", open + 1);
    if (uri_template[open] != '{' || close == absl::string_view::npos || uri_template[close] != '}') return false;
    found = found || Names(uri_template.substr(open + 1, close - open - 1), variable);
    uri_template.remove_prefix(close + 1);
  }
}

}  // namespace strata::dns
