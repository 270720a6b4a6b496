// Which cache members there are.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_RECURSION_MEMBERSHIP_H_
#define STRATA_FRONTEND_RECURSION_MEMBERSHIP_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace strata::frontend {

// Names are owned by a member's name and not by its address: one that moves keeps what it owns.
struct MemberAddress {
  std::string name;
  std::string target;  // as CheckTarget() returns it
};

// Where the members come from. Thread-safe.
class Membership {
 public:
  virtual ~Membership() = default;
  // The members as of now, at most ShardSelector::kMaxShards.
  virtual std::vector<MemberAddress> Current() const = 0;
};

// Members that the operator lists, once and for all: "ADDRESS" or "NAME=ADDRESS" each; without a name, the address is
// the name. The error names the flag, and the kinds of source that are known.
absl::StatusOr<std::unique_ptr<Membership>> MakeMembership(const std::vector<std::string>& list, uint16_t default_port,
                                                           bool plain_text_allowed);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_RECURSION_MEMBERSHIP_H_
