// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/sorting.h"

#include <algorithm>

#include "zonec/pyzone/operators/operators.h"

namespace strata::zonec::pyzone {

bool TakeKeyed(const CallContext& context, Value function, const std::vector<Value>& items, std::vector<Keyed>* out) {
  const bool plain = function.failed() || function.Is(Kind::kNone);
  const Position at = context.run->at();
  for (const Value& item : items) {
    out->push_back({plain ? item : context.caller->Call(function, {{"", item, at}}), item});
    if (out->back().key.failed()) return false;
  }
  return true;
}

bool SortItems(const CallContext& context, Value key, bool reverse, std::vector<Value>* items) {
  Run* const run = context.run;
  std::vector<Keyed> keyed;
  if (!TakeKeyed(context, key, *items, &keyed)) return false;
  // Once it failed, nothing is less than anything, which is an order as well.
  std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
    if (run->failed()) return false;
    return (reverse ? Less(b.key, a.key, run) : Less(a.key, b.key, run)).value_or(false);
  });
  for (size_t i = 0; i < keyed.size(); ++i) (*items)[i] = keyed[i].item;
  return !run->failed();
}

}  // namespace strata::zonec::pyzone
