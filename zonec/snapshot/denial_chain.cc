// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/denial_chain.h"

#include <optional>

namespace strata::snapshot {

void DenialChain::AddNsec3Param(absl::string_view rdata) {
  const uint32_t number = next_number_++;
  const std::optional<Nsec3Parameters> read = ReadNsec3Parameters(rdata);
  if (found_ || !read || rdata[1] != 0) return;
  found_ = true;
  number_ = number;
  iterations_ = read->iterations;
  salt_ = std::string(read->salt);
}

bool DenialChain::Holds(absl::string_view nsec3_rdata) const {
  return ReadNsec3Parameters(nsec3_rdata) == parameters();
}

}  // namespace strata::snapshot
