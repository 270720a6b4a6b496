// Where the zone is: its SOA record, its apex, and what lies outside.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_APEX_H_
#define STRATA_ZONEC_CHECKS_APEX_H_

#include "zonec/checks/check.h"
#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"
#include "zonec/parsed_zone.h"
#include "zonec/progress/progress.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct ApexOptions {
  // The zone's origin was asked for by name; otherwise the owner of its first SOA record is taken.
  bool origin_given = false;
  // Some records may be missing because they could not be read.
  bool incomplete = false;
  // Where "there is none" is reported.
  FileId file = 0;
  // Is told when the records are ordered and checked; nullptr: nobody is told.
  Progress* progress = nullptr;
  SignedZoneOptions signatures = {};
};

// Finds the SOA record and sets the zone's origin. Reports soa-missing, soa-not-apex and soa-duplicate. False when
// there is no apex to check the zone against.
bool SettleApex(const ApexOptions& options, ParsedZone* parsed, Diagnostics* diagnostics);

// out-of-zone: a record's owner is outside the origin. No snapshot holds it, and BIND leaves it out too: it could never
// be answered.
void CheckOutOfZone(const CheckedZone& zone, Diagnostics* diagnostics);

// ns-missing: no NS record at the apex.
void CheckApexNs(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_APEX_H_
