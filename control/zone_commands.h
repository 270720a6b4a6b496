// stratactl zone …: what operators do with the zones of authorities. Each asks all targets, one after the other; a push
// or a rollback thus reaches every replica that is named.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CONTROL_ZONE_COMMANDS_H_
#define STRATA_CONTROL_ZONE_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "control/request.h"

namespace strata::control {

// All zones, a row each; or, if `zone` is not empty, its versions. Fails where `zone` is no name.
absl::StatusOr<Report> ListZones(const Request& request, const std::string& zone);

// Sends the snapshots of these files. If `zone` is not empty, each must be of that zone. Fails, before anything is
// sent, where a file cannot be read.
absl::StatusOr<Report> PushSnapshots(const Request& request, const std::vector<std::string>& files,
                                     const std::string& zone);

// Serves the version before, or the one whose checksum begins with `to`, in hexadecimal.
absl::StatusOr<Report> RollBackZone(const Request& request, const std::string& zone, const std::string& to);

}  // namespace strata::control

#endif  // STRATA_CONTROL_ZONE_COMMANDS_H_
