// Zones written as text, and answers read as text, for the authority's tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_TESTING_TEST_ZONE_H_
#define STRATA_AUTHORITY_TESTING_TEST_ZONE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "authority/zone_catalog.h"
#include "dns/rr_type.h"

namespace strata::authority {

// The octets of a zone's snapshot. `lines` holds a record a line, as in a master file: owner (relative to `origin`, "@"
// for it), perhaps a TTL (default: 3600), type and RDATA; no class, no parentheses. A zone without an SOA line gets
// `@ SOA ns hostmaster 1 7200 900 1209600 300`. What is wrong with a line ends the test.
std::string SnapshotText(absl::string_view origin, absl::string_view lines, uint16_t rr_class = dns::rr_class::kIN);

// Octets of which a test can say that they are damaged.
class TestOctets : public ZoneOctets {
 public:
  explicit TestOctets(std::string octets) : octets_(std::move(octets)) {}
  absl::string_view octets() const override { return octets_; }
  bool damaged() const override { return damaged_; }
  void set_damaged(bool damaged) { damaged_ = damaged; }

 private:
  std::string octets_;
  bool damaged_ = false;
};

// The zone of SnapshotText().
std::shared_ptr<const Zone> MakeZone(absl::string_view origin, absl::string_view lines);
std::shared_ptr<const Zone> MakeZone(std::shared_ptr<const ZoneOctets> octets);

struct AskOptions {
  size_t max_size = 65535;
  bool minimal_any = false;
  bool dnssec_ok = false;
  absl::string_view rr_class = "IN";
};

// Asks "name TYPE" and prints the answer, a record a line:
//
//   NXDOMAIN aa
//   authority:
//   example. 300 IN SOA ns.example. hostmaster.example. 1 7200 900 1209600 300
//
// "answer:", "authority:" and "additional:" stand before sections that are not empty. "not ours" and "damaged" are the
// other outcomes. The message must parse, repeat the question and have no flags but QR, AA and TC, or the test fails.
std::string Ask(const ZoneCatalog& catalog, absl::string_view question, const AskOptions& options = {});

// The message in the form above.
std::string AnswerText(absl::string_view wire);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_TESTING_TEST_ZONE_H_
