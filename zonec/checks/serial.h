// Whether a zone that was changed has a greater serial than before: secondaries see no change otherwise.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SERIAL_H_
#define STRATA_ZONEC_CHECKS_SERIAL_H_

#include <cstdint>

#include "zonec/diagnostics.h"
#include "zonec/snapshot/snapshot_reader.h"
#include "zonec/sources.h"

namespace strata::zonec {

// In the arithmetic of RFC 1982 §3.2. Of two that are 2^31 apart neither is greater.
bool IsGreaterSerial(uint32_t serial, uint32_t than);

// serial-not-advanced: the records are others than those of the version before, and the serial is not greater.
// REQUIRES: both are snapshots of the same zone. `soa` is where that record stands.
void CheckSerial(const snapshot::SnapshotReader& before, const snapshot::SnapshotReader& now, Position soa,
                 Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SERIAL_H_
