// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/packet_cases.h"

#include <algorithm>

namespace strata::tests {

std::vector<PacketCase> AllPacketCases() {
  std::vector<PacketCase> all;
  for (const auto make : {HeaderCases, QuestionCases, EdnsCases, RecordCases, SizeCases}) {
    std::vector<PacketCase> group = make();
    std::move(group.begin(), group.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace strata::tests
