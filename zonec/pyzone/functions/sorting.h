// Sorting by a key, for sorted(), list.sort(), min() and max().
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FUNCTIONS_SORTING_H_
#define STRATA_ZONEC_PYZONE_FUNCTIONS_SORTING_H_

#include <vector>

#include "zonec/pyzone/values/call.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

struct Keyed {
  Value key;
  Value item;
};

// Each item with what `function` makes of it; with itself, when that is None or failed. False: it failed.
bool TakeKeyed(const CallContext& context, Value function, const std::vector<Value>& items, std::vector<Keyed>* out);
// Stable, as in Python. False: it failed.
bool SortItems(const CallContext& context, Value key, bool reverse, std::vector<Value>* items);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FUNCTIONS_SORTING_H_
