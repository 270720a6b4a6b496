// Calls of functions that are not written in the zone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_VALUES_CALL_H_
#define STRATA_ZONEC_PYZONE_VALUES_CALL_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

struct Argument {
  std::string name;  // empty: by its place
  Value value;
  Position position;
};

// In the order in which they stand; those by place come first.
using Arguments = std::vector<Argument>;

// What functions need of the program that calls them.
class Caller {
 public:
  virtual ~Caller() = default;
  // Calls functions that the zone hands over, as sorted() needs.
  virtual Value Call(Value function, Arguments arguments) = 0;
  // Runs the statements of another file; false: it failed.
  virtual bool Include(absl::string_view path) = 0;
  // What --define gives to the name; a failed Value, without a word, when there is no such define.
  virtual Value Defined(absl::string_view name) = 0;
};

struct CallContext {
  Run* run;
  Caller* caller;
};

struct RecordFunction;

struct Builtin {
  absl::string_view name;
  Value (*invoke)(const Builtin& self, const CallContext& context, const Arguments& arguments);
  // Of a record function, its row.
  const RecordFunction* record = nullptr;
};

struct MethodRow {
  Kind kind;
  absl::string_view name;
  Value (*invoke)(const CallContext& context, Value self, const Arguments& arguments);
};

// The arguments by parameter: takes the call apart as Python does for `def name(parameters)`.
class Parameters {
 public:
  // Of the names, the first `required` have to be given. Reports what does not fit.
  Parameters(absl::string_view function, std::vector<absl::string_view> names, size_t required,
             const Arguments& arguments, Run* run);

  bool ok() const { return ok_; }
  // REQUIRES: ok(). Failed when it was not given.
  Value operator[](size_t index) const { return values_[index]; }
  bool Has(size_t index) const { return !values_[index].failed(); }

 private:
  std::vector<Value> values_;
  bool ok_ = false;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_VALUES_CALL_H_
