// One evaluation of a pyzone: owns its values, counts what it costs, and knows where it is.
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
// false then, and its callers return without a further word, up to one that recovers. Values live as long as the Run.
// Not thread-safe.
class Run {
 public:
  // All outlive the Run. Without `sources` messages do not tell the calls that led to a place.
  Run(const Limits* limits, Diagnostics* diagnostics, Sources* sources = nullptr)
      : limits_(*limits), diagnostics_(*diagnostics), sources_(sources) {}
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  const Limits& limits() const { return limits_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // What is being evaluated.
  Position at() const { return at_; }
  void set_at(Position at) { at_ = at; }
  // A function of the zone is called at `at()`; its body stands in `text`. `name` is a view into one of the Sources.
  void EnterCall(FileId text, absl::string_view name) { calls_.push_back({text, at_, name, std::nullopt}); }
  void LeaveCall() { calls_.pop_back(); }
  // A place in what is being evaluated, with the calls that led there: for messages and records.
  Position Place(Position position) { return PlaceIn(calls_.size(), position); }

  // The statements of a file were parsed in one reading of it, which their positions have; from now on they run in
  // another. What is reported, and records, have that one.
  void ReadAs(FileId parsed, FileId reading) { readings_[parsed] = reading; }

  // Something went wrong since the last recovery: nothing more is reported.
  bool failed() const { return failed_; }
  // Goes on behind what failed. False: the program is not to be run further.
  bool Recover() {
    failed_ = failed_ && ended_;
    return !ended_;
  }
  // A limit was exceeded, or there were too many errors.
  bool ended() const { return ended_; }
  size_t error_count() const { return error_count_; }

  // The error; one of the check "limit" ends the evaluation. `check` must be a literal.
  Value Fail(std::string message) { return Fail(at_, "evaluation", std::move(message)); }
  Value Fail(Position position, absl::string_view check, std::string message);
  // A value is needed that failed before: that was reported.
  Value FailAgain() {
    failed_ = true;
    return Value();
  }

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
  struct CallFrame {
    FileId text;
    Position from;
    absl::string_view function;
    std::optional<FileId> reading;  // when somebody asked for a place in it
  };

  // Of a place in what the outermost `depth` calls led to.
  Position PlaceIn(size_t depth, Position position);
  bool OutOfSteps();
  bool OutOfMemory();
  // A text that is equal for equal keys; false: the value can be no key.
  bool DictKey(Value key, size_t depth, std::string* out);

  const Limits& limits_;
  Diagnostics& diagnostics_;
  Sources* const sources_;
  Position at_;
  absl::flat_hash_map<FileId, FileId> readings_;
  std::vector<CallFrame> calls_;  // the innermost is the last
  bool failed_ = false;
  bool ended_ = false;
  size_t error_count_ = 0;
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
