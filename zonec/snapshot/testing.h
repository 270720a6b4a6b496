// Zones for the tests of this folder.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_TESTING_H_
#define STRATA_ZONEC_SNAPSHOT_TESTING_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/name.h"
#include "dns/rdata_text.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/testing/text_tokens.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/checksum.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/zone.h"

namespace strata::snapshot {

// "owner TYPE RDATA"; relative names are below `origin`.
inline dns::Record RecordOf(absl::string_view line, absl::string_view origin_text = "example.", uint32_t ttl = 3600) {
  const dns::Name origin = *dns::Name::FromText(origin_text);
  const std::vector<dns::TextToken> tokens = dns::SplitTextTokens(line);
  dns::Record record;
  record.owner = *dns::Name::FromText(tokens.at(0).text, origin);
  record.type = *dns::TypeFromText(tokens.at(1).text);
  record.ttl = ttl;
  const auto error = dns::ParseRdataText(record.type, absl::MakeConstSpan(tokens).subspan(2), origin, &record.rdata);
  EXPECT_FALSE(error.has_value()) << line << ": " << error->message;
  return record;
}

// The zone "example." with an SOA and `lines`.
inline Zone ZoneOf(std::initializer_list<absl::string_view> lines) {
  Zone zone(*dns::Name::FromText("example."));
  zone.Add(RecordOf("@ SOA ns hostmaster 7 7200 900 1209600 300"));
  for (absl::string_view line : lines) zone.Add(RecordOf(line));
  return zone;
}

// That zone with `record`.
inline Zone ZoneWith(const dns::Record& record) {
  Zone zone = ZoneOf({});
  zone.Add(record);
  return zone;
}

// Makes the checksum right again, so that what is behind it gets checked.
inline void FixChecksum(std::string* file) {
  Sha256 checksum;
  checksum.Add(absl::string_view(*file).substr(kCoveredOffset));
  file->replace(kChecksumOffset, kChecksumSize, checksum.Digest());
}

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_TESTING_H_
