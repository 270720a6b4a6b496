// Packets, well formed and otherwise, that servers are compared by; each with a name.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_HYGIENE_PACKET_CASES_H_
#define STRATA_TESTS_HYGIENE_PACKET_CASES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::tests {

// The zone that the packets ask about. www and ns have an address each; size-N is a TXT that makes the answer, without
// OPT and whatever may go beside it, N octets large.
inline constexpr char kHygieneOrigin[] = "hyg.test";
std::string HygieneZone();

struct PacketCase {
  // Words joined by '-', from the general to the particular: "edns-version-1". '/' and what follows is for transports.
  std::string name;
  // Its ID is zero: whoever sends it chooses one.
  std::string packet;
};

// By what of a query they are about. Each file packet_cases_X.cc makes one group; names are unique over all.
std::vector<PacketCase> HeaderCases();    // opcodes, flags, counts, runts, what is cut off or left over
std::vector<PacketCase> QuestionCases();  // names, types, classes
std::vector<PacketCase> EdnsCases();      // the OPT record
std::vector<PacketCase> RecordCases();    // records beside the question
std::vector<PacketCase> SizeCases();      // what fits, and TC
std::vector<PacketCase> AllPacketCases();

// What arrives over a TCP connection, framing included. IDs are as they are, 1 and up.
struct StreamCase {
  std::string name;
  std::string octets;
  // Nothing follows: the client closes its side.
  bool half_close = false;
};
std::vector<StreamCase> StreamCases();

}  // namespace strata::tests

#endif  // STRATA_TESTS_HYGIENE_PACKET_CASES_H_
