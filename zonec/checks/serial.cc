// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/serial.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace strata::zonec {

bool IsGreaterSerial(uint32_t serial, uint32_t than) {
  const uint32_t distance = serial - than;
  return distance != 0 && distance < 0x80000000;
}

void CheckSerial(const snapshot::SnapshotReader& before, const snapshot::SnapshotReader& now, Position soa,
                 Diagnostics* diagnostics) {
  const uint32_t old_serial = before.serial(), serial = now.serial();
  if (before.identity() == now.identity() || IsGreaterSerial(serial, old_serial)) return;
  const std::string what = serial == old_serial ? absl::StrCat("the serial is still ", serial)
                                                : absl::StrCat("the serial, ", serial, ", is not greater than ",
                                                               old_serial, ", that of the version before");
  diagnostics->Error(soa, "serial-not-advanced",
                     absl::StrCat("the zone has changed, but ", what,
                                  ": secondaries take no notice (RFC 1982 §3.2); 1 to 2147483647 more will do, ",
                                  uint32_t{old_serial + 1}, " say"));
}

}  // namespace strata::zonec
