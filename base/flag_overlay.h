// Flags over a configuration: a flag and a key of one name mean the same, and the flag wins.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_FLAG_OVERLAY_H_
#define STRATA_BASE_FLAG_OVERLAY_H_

#include "absl/status/status.h"
#include "base/command_line.h"
#include "google/protobuf/message.h"

namespace strata::base {

// Sets each field of `*config` (of the kinds string, repeated string, bool, uint32, enum and Duration) for which a flag
// of its name exists and stood on the command line. A list given by flags replaces the file's. InvalidArgument names
// the flag and what is accepted.
absl::Status OverlayFlags(const CommandLine& line, google::protobuf::Message* config);

}  // namespace strata::base

#endif  // STRATA_BASE_FLAG_OVERLAY_H_
