// The values of a running pyzone. A Value is small and copied freely; what it points to belongs to the Run.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_VALUES_VALUE_H_
#define STRATA_ZONEC_PYZONE_VALUES_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/name.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

enum class Kind : uint8_t {
  kFailed,  // no value: an error was reported, and evaluation ends
  kNone,
  kBool,
  kInt,
  kFloat,
  kStr,
  kBytes,
  kList,
  kTuple,
  kDict,
  kRange,
  kIterator,
  kFunction,
  kBuiltin,
  kMethod,
  kRecord,
};

// What messages call it: "a list".
absl::string_view KindName(Kind kind);

struct Text;
struct List;
struct Tuple;
struct Dict;
struct Range;
struct Iterator;
struct Function;
struct Builtin;
struct Method;
struct RecordValue;

class Value {
 public:
  // Not a value.
  Value() : kind_(Kind::kFailed), integer_(0) {}
  // Of a variable that would have got a value had an error not come in between, which was reported.
  static Value Poisoned() {
    Value out;
    out.integer_ = 1;
    return out;
  }
  static Value None() { return Value(Kind::kNone, int64_t{0}); }
  static Value Bool(bool value) { return Value(Kind::kBool, int64_t{value}); }
  static Value Int(int64_t value) { return Value(Kind::kInt, value); }
  static Value Float(double value) {
    Value out;
    out.kind_ = Kind::kFloat;
    out.real_ = value;
    return out;
  }
  // `kind` is kStr or kBytes.
  Value(Kind kind, const Text* text) : kind_(kind), object_(text) {}
  explicit Value(List* list) : kind_(Kind::kList), object_(list) {}
  explicit Value(const Tuple* tuple) : kind_(Kind::kTuple), object_(tuple) {}
  explicit Value(Dict* dict) : kind_(Kind::kDict), object_(dict) {}
  explicit Value(const Range* range) : kind_(Kind::kRange), object_(range) {}
  explicit Value(Iterator* iterator) : kind_(Kind::kIterator), object_(iterator) {}
  explicit Value(Function* function) : kind_(Kind::kFunction), object_(function) {}
  explicit Value(const Builtin* builtin) : kind_(Kind::kBuiltin), object_(builtin) {}
  explicit Value(const Method* method) : kind_(Kind::kMethod), object_(method) {}
  explicit Value(const RecordValue* record) : kind_(Kind::kRecord), object_(record) {}

  Kind kind() const { return kind_; }
  bool failed() const { return kind_ == Kind::kFailed; }
  bool poisoned() const { return kind_ == Kind::kFailed && integer_ == 1; }
  bool Is(Kind kind) const { return kind_ == kind; }
  bool IsText() const { return kind_ == Kind::kStr || kind_ == Kind::kBytes; }
  // Bools are integers, as in Python.
  bool IsInteger() const { return kind_ == Kind::kInt || kind_ == Kind::kBool; }
  bool IsNumber() const { return IsInteger() || kind_ == Kind::kFloat; }

  // REQUIRES of each: the value is of that kind.
  int64_t integer() const { return integer_; }
  double real() const { return kind_ == Kind::kFloat ? real_ : static_cast<double>(integer_); }
  const Text& text() const { return *static_cast<const Text*>(object_); }
  absl::string_view octets() const;
  List& list() const { return *Mutable<List>(); }
  const Tuple& tuple() const { return *static_cast<const Tuple*>(object_); }
  Dict& dict() const { return *Mutable<Dict>(); }
  const Range& range() const { return *static_cast<const Range*>(object_); }
  Iterator& iterator() const { return *Mutable<Iterator>(); }
  Function& function() const { return *Mutable<Function>(); }
  const Builtin& builtin() const { return *static_cast<const Builtin*>(object_); }
  const Method& method() const { return *static_cast<const Method*>(object_); }
  const RecordValue& record() const { return *static_cast<const RecordValue*>(object_); }
  // Two values are the same object.
  const void* object() const { return object_; }

 private:
  Value(Kind kind, int64_t integer) : kind_(kind), integer_(integer) {}
  template <typename T>
  T* Mutable() const {
    return static_cast<T*>(const_cast<void*>(object_));
  }

  Kind kind_;
  union {
    int64_t integer_;
    double real_;
    const void* object_;
  };
};

// A str, in UTF-8, or a bytes.
struct Text {
  std::string octets;
  bool ascii = true;
};

inline absl::string_view Value::octets() const { return text().octets; }

struct List {
  std::vector<Value> items;
  // Items are missing that could not be worked out, which was reported: what is not found here is no further error.
  bool incomplete = false;
};

struct Tuple {
  std::vector<Value> items;
};

// In the order of insertion.
struct Dict {
  struct Entry {
    Value key;
    Value value;
  };
  std::vector<Entry> entries;
  // By the key's octets (run.h, DictKey), the index of its entry.
  absl::flat_hash_map<std::string, size_t> index;
  bool incomplete = false;  // as a List's
};

struct Range {
  int64_t start = 0;
  int64_t stop = 0;
  int64_t step = 1;

  uint64_t Count() const;
  int64_t At(uint64_t index) const {
    return static_cast<int64_t>(static_cast<uint64_t>(start) + index * static_cast<uint64_t>(step));
  }
};

// What can be gone through once: zip(), enumerate(), generator expressions, which are worked out at once here.
struct Iterator {
  std::vector<Value> items;
  size_t next = 0;
};

struct DefStatement;

// The variables of a function or comprehension that is running, and after that of the lambdas in it.
struct Scope {
  std::vector<Value> slots;
  std::shared_ptr<Scope> parent;
};

struct Function {
  const DefStatement* def = nullptr;
  // Around it; nullptr: there are only the file's variables.
  std::shared_ptr<Scope> scope;
  // By parameter; a failed Value where there is none.
  std::vector<Value> defaults;
  bool running = false;
};

struct MethodRow;

// A method together with the value that it belongs to.
struct Method {
  const MethodRow* row;
  Value self;
};

struct RecordValue {
  dns::Name owner;
  uint16_t type = 0;
  std::optional<uint32_t> ttl;
  std::string rdata;
  Position position;
  // It was reported, and is not to be used.
  bool wrong = false;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_VALUES_VALUE_H_
