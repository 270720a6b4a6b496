// A file that holds a zone, as the operator named it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_ZONE_SOURCE_H_
#define STRATA_STANDALONE_ZONE_SOURCE_H_

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "zonec/format.h"

namespace strata::standalone {

struct ZoneSource {
  // A path alone is one.
  // NOLINTNEXTLINE(google-explicit-constructor)
  ZoneSource(std::string file, std::optional<zonec::Format> language = std::nullopt)
      : path(std::move(file)), format(language) {}
  ZoneSource(const char* file) : path(file) {}  // NOLINT(google-explicit-constructor)

  std::string path;
  // Of text; absent: the content tells. A snapshot is taken for what it is.
  std::optional<zonec::Format> format;
  // What a zone in the Python-like language gets from outside, by name; the others take none.
  std::map<std::string, std::string> defines;
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_ZONE_SOURCE_H_
