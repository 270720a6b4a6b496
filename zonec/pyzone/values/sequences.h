// Values that hold others: going through them, their length, items and slices.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_VALUES_SEQUENCES_H_
#define STRATA_ZONEC_PYZONE_VALUES_SEQUENCES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// Goes through a list, tuple, str, bytes, dict (its keys), range or iterator. A list that grows meanwhile is gone
// through to its new end, as in Python.
class Cursor {
 public:
  // Reports a value that cannot be gone through.
  Cursor(Value iterable, Run* run);

  // False at the end, and after an error. Costs a step.
  bool Next(Value* item);

 private:
  bool NextOf(const std::vector<Value>& items, Value* item);
  bool NextCharacter(Value* item);
  bool NextKey(Value* item);

  Value iterable_;
  Run& run_;
  uint64_t at_ = 0;
  uint64_t count_ = 0;  // of a range or dict, at the start
};

// All items; false: it failed.
bool TakeItems(Value iterable, Run* run, std::vector<Value>* items);
std::optional<int64_t> Length(Value value, Run* run);
// object[index].
Value Index(Value object, Value index, Run* run);
// object[index] = value.
bool AssignIndex(Value object, Value index, Value value, Run* run);

// del object[index].
bool DeleteIndex(Value object, Value index, Run* run);

// Of object[start:stop:step]; None is left out.
struct Slice {
  Value start = Value::None();
  Value stop = Value::None();
  Value step = Value::None();
};
Value TakeSlice(Value object, const Slice& slice, Run* run);

// Spends what it costs at worst to look for `needle` in `text`.
bool SpendSearch(absl::string_view text, absl::string_view needle, Run* run);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_VALUES_SEQUENCES_H_
