// One evaluation of a pyzone: owns its values, counts what it costs, and keeps its first error.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_VALUES_RUN_H_
#define STRATA_ZONEC_PYZONE_VALUES_RUN_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "zonec/diagnostics.h"
#include "zonec/pyzone/limits.h"
#include "zonec/pyzone/values/value.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

// Whatever cannot be done is reported once, at `at()` unless said otherwise; the function returns a failed Value or
// false then, and its callers return without a further word. Values live as long as the Run. Not thread-safe.
class Run {
 public:
  // Both outlive the Run.
  Run(const Limits* limits, Diagnostics* diagnostics) : limits_(*limits), diagnostics_(*diagnostics) {}
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  const Limits& limits() const { return limits_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // What is being evaluated.
  Position at() const { return at_; }
  void set_at(Position at) { at_ = at; }
  // Where the zone called the function that is being evaluated, and what it is called.
  void set_call(std::optional<Note> call) { call_ = std::move(call); }
  const std::optional<Note>& call() const { return call_; }

  // The statements of a file were parsed in one reading of it, which their positions have; from now on they run in
  // another. What is reported, and records, have that one.
  void ReadAs(FileId parsed, FileId reading) { readings_[parsed] = reading; }
  Position PositionOf(Position parsed) const {
    const auto found = readings_.find(parsed.file);
    return found == readings_.end() ? parsed : Position{found->second, parsed.offset};
  }

  bool failed() const { return failed_; }
  // The error that ends the evaluation. `check` must be a literal.
  Value Fail(std::string message) { return Fail(at_, "evaluation", std::move(message)); }
  Value Fail(Position position, absl::string_view check, std::string message);

  // Counts steps, or octets that a value takes; false: too many.
  bool Spend(size_t steps) {
    steps_ += steps;
    return steps_ <= limits_.steps || OutOfSteps();
  }
  bool Take(size_t octets) {
    memory_bytes_ += octets;
    return memory_bytes_ <= limits_.memory_bytes || OutOfMemory();
  }
  // The steps of looking at so many octets.
  bool SpendOctets(size_t octets) { return Spend(octets / 64 + 1); }
  // Before a string or list of that size is made.
  bool CheckSize(size_t size);

  Value NewStr(absl::string_view utf8) { return NewText(Kind::kStr, utf8); }
  Value NewText(Kind kind, absl::string_view octets);
  Value NewList(std::vector<Value> items);
  Value NewTuple(std::vector<Value> items);
  Value NewIterator(std::vector<Value> items);
  Value NewDict();
  Value NewRange(const Range& range);
  Value NewFunction(Function function);
  Value NewMethod(const Method& method);
  Value NewRecord(RecordValue record);

  bool Append(List* list, Value item);
  // False also when the key cannot be one: a list, say.
  bool SetItem(Dict* dict, Value key, Value value);
  // REQUIRES: it is there. False: it failed.
  bool RemoveItem(Dict* dict, Value key);
  // The entry, or nullptr when there is none, or the evaluation failed.
  const Dict::Entry* FindItem(const Dict& dict, Value key);

 private:
  bool OutOfSteps();
  bool OutOfMemory();
  // A text that is equal for equal keys; false: the value can be no key.
  bool DictKey(Value key, size_t depth, std::string* out);

  const Limits& limits_;
  Diagnostics& diagnostics_;
  Position at_;
  std::optional<Note> call_;
  absl::flat_hash_map<FileId, FileId> readings_;
  bool failed_ = false;
  size_t steps_ = 0;
  size_t memory_bytes_ = 0;

  // Deques, whose elements stay where they are.
  std::deque<Text> texts_;
  std::deque<List> lists_;
  std::deque<Tuple> tuples_;
  std::deque<Dict> dicts_;
  std::deque<Range> ranges_;
  std::deque<Iterator> iterators_;
  std::deque<Function> functions_;
  std::deque<Method> methods_;
  std::deque<RecordValue> records_;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_VALUES_RUN_H_
