// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/agreement.h"

#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace strata::tests {
namespace {

constexpr char kReply[] = "reply";

std::string DescribeAspect(const std::string& aspect, const std::vector<PeerDigest>& peers) {
  return absl::StrJoin(peers, ", ", [&aspect](std::string* out, const PeerDigest& peer) {
    const auto value = peer.digest.find(aspect);
    absl::StrAppend(out, peer.peer, ": ", value == peer.digest.end() ? "-" : value->second);
  });
}

// Whether `value` is right where `votes` are what the others do.
bool IsRight(const std::string& value, const std::map<std::string, int>& votes) {
  int most = 0;
  for (const auto& [vote, count] : votes) most = std::max(most, count);
  const auto ours = votes.find(value);
  // When two say one thing and two another, either has company.
  return votes.empty() || (ours != votes.end() && ours->second == most);
}

}  // namespace

std::vector<Disagreement> FindDisagreements(const ReplyDigest& ours, const std::vector<PeerDigest>& peers) {
  std::vector<Disagreement> found;
  for (const auto& [aspect, value] : ours) {
    std::map<std::string, int> votes;
    for (const PeerDigest& peer : peers) {
      const auto theirs = peer.digest.find(aspect);
      if (theirs != peer.digest.end()) ++votes[theirs->second];
    }
    if (IsRight(value, votes)) continue;
    found.push_back({aspect, value, DescribeAspect(aspect, peers)});
    if (aspect == kReply) return {found.back()};
  }
  return found;
}

bool Explains(const KnownDifference& known, absl::string_view case_name, const Disagreement& disagreement) {
  return fnmatch(known.cases, std::string(case_name).c_str(), 0) == 0 && disagreement.aspect == known.aspect &&
         disagreement.ours == known.ours;
}

}  // namespace strata::tests
