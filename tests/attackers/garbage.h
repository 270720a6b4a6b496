// Packets that are no queries, of several kinds.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_ATTACKERS_GARBAGE_H_
#define STRATA_TESTS_ATTACKERS_GARBAGE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace strata::tests {

enum class Garbage {
  kRandomOctets,  // any octets, any length up to an Ethernet frame's
  kQueryHeader,   // a query's header, and any octets for its question
  kFormErrBait,   // a query with one thing wrong, so that a server has the most to do before it can tell
};

// `count` packets, the same for the same seed.
std::vector<std::string> MakeGarbage(Garbage kind, int count, uint32_t seed);

// A third of each kind, in random order.
std::vector<std::string> MakeMixedGarbage(int count, uint32_t seed);

}  // namespace strata::tests

#endif  // STRATA_TESTS_ATTACKERS_GARBAGE_H_
