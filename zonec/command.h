// The exit status that zonec's commands have in common.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COMMAND_H_
#define STRATA_ZONEC_COMMAND_H_

namespace strata::zonec {

inline constexpr int kExitFine = 0;
inline constexpr int kExitZoneErrors = 1;
// Wrong usage, or a file that cannot be read or written.
inline constexpr int kExitFailed = 2;

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COMMAND_H_
