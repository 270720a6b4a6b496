// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/comparison.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "dns/rdata.h"

namespace strata::authority {
namespace {

using Key = std::tuple<Section, std::string, uint16_t, std::string>;

Key KeyOf(Section section, const dns::Record& record) {
  return {section, std::string(record.owner.Lowercased().wire()), record.type,
          dns::CanonicalRdata(record.type, record.rdata)};
}

bool OutcomeDiffers(const Expectation& expectation, const ZoneAnswer& answer) {
  if (expectation.empty() || expectation.expected_outcome() != answer.outcome) return true;
  const bool any_servers = !expectation.outcome || expectation.outcome->servers.empty();
  return !any_servers && expectation.outcome->servers != answer.servers;
}

}  // namespace

Difference Compare(const Expectation& expectation, const ZoneAnswer& answer) {
  Difference difference;
  difference.outcome = OutcomeDiffers(expectation, answer);
  std::multimap<Key, size_t> open;
  for (size_t i = 0; i < answer.records.size(); ++i) {
    const AnsweredRecord& answered = answer.records[i];
    if (expectation.Checks(answered.section)) open.emplace(KeyOf(answered.section, answered.record), i);
  }
  for (size_t i = 0; i < expectation.records.size(); ++i) {
    const ExpectedRecord& expected = expectation.records[i];
    const auto found = open.find(KeyOf(expected.section, expected.record));
    const bool right =
        found != open.end() && (!expected.has_ttl || expected.record.ttl == answer.records[found->second].record.ttl);
    if (right) {
      open.erase(found);
    } else {
      difference.missing.push_back(i);
    }
  }
  for (const auto& [key, i] : open) difference.unexpected.push_back(i);
  std::sort(difference.unexpected.begin(), difference.unexpected.end());
  return difference;
}

}  // namespace strata::authority
