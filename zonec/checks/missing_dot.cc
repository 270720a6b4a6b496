// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/missing_dot.h"

#include <cstdint>

#include "dns/name.h"

namespace strata::zonec {
namespace {

bool HasOneLabelAtMost(absl::string_view name) {
  return name.size() == 1 || name.size() == static_cast<uint8_t>(name[0]) + 2u;
}

}  // namespace

bool EndsWithOriginTwice(absl::string_view name, absl::string_view origin) {
  const size_t labels = origin.size() - 1;  // without the root's octet
  if (name.size() < 2 * labels + 1 || HasOneLabelAtMost(origin)) return false;
  while (name.size() > 2 * labels + 1) name.remove_prefix(static_cast<uint8_t>(name[0]) + 1u);
  return name.size() == 2 * labels + 1 &&
         dns::ToLowerAscii(name.substr(0, labels)) == dns::ToLowerAscii(origin.substr(0, labels));
}

}  // namespace strata::zonec
