// Zone text in, snapshot out: what `zonec compile` and every other compiler of zones call.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COMPILE_H_
#define STRATA_ZONEC_COMPILE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/name.h"
#include "zonec/checks/check_levels.h"
#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"
#include "zonec/format.h"
#include "zonec/progress/progress.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct CompileOptions {
  // By default what DetectFormat() says.
  std::optional<Format> format;
  // The zone's apex, and the origin before the first $ORIGIN. By default a master file starts with the origin that its
  // name gives (OriginFromFileName), and the apex is the owner of the first SOA record.
  std::optional<dns::Name> origin;
  // What becomes of what the checks find.
  CheckLevels levels;
  // A verified snapshot of an earlier version of the zone, which the serial is compared with; empty: none. One of
  // another zone is not looked at.
  absl::string_view previous;
  // Of signed zones: when their signatures have to be valid, and whether they are verified.
  SignedZoneOptions signatures;
  // Name and text of a master file with the DS records that the parent has for the zone.
  std::optional<std::pair<std::string, std::string>> parent_ds = std::nullopt;
  // Folders whose files may be included; none: nothing may.
  std::vector<std::string> include_roots;
  // What a pyzone gets from outside, by name. Master files take none.
  std::map<std::string, std::string> defines;
  // The defines are for other zones as well: one that is not read is no mistake.
  bool defines_are_shared = false;
  // Frees the memory of the texts before the snapshot is made, when there is nothing to say about them: for who does
  // not look at the result's sources otherwise.
  bool drop_texts = false;
  // Is told of the phases from kParse to kBuild. Must outlive the call; nullptr: nobody is told.
  Progress* progress = nullptr;
};

struct CompileResult {
  // Perhaps without their texts (CompileOptions::drop_texts).
  Sources sources;
  Diagnostics diagnostics;
  // The rest is set when the zone has no errors.
  std::string snapshot;  // the file's octets
  dns::Name origin;
  uint32_t serial = 0;
  size_t record_count = 0;
  size_t rrset_count = 0;
  size_t name_count = 0;  // those that own records, and empty non-terminals

  bool ok() const { return diagnostics.ok(); }
};

// Compiles the zone `text`, which messages call `name`. A pure function of its arguments and of
// the files it includes: the same zone gives the same octets.
CompileResult Compile(std::string name, std::string text, const CompileOptions& options);

// "zones/db.example.com", "example.com.zone", "example.com.db" and "example.com" are example.com.
absl::StatusOr<dns::Name> OriginFromFileName(absl::string_view name);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COMPILE_H_
