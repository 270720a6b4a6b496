// Methods of lists, tuples and dicts.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/functions/methods.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {
namespace {

const std::vector<Value>& ItemsOf(Value self) { return self.Is(Kind::kList) ? self.list().items : self.tuple().items; }

Value ListAppend(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("append", {"object"}, 1, arguments, context.run);
  if (!given.ok() || !context.run->Append(&self.list(), given[0])) return Value();
  return Value::None();
}

Value ListExtend(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("extend", {"iterable"}, 1, arguments, context.run);
  std::vector<Value> items;
  if (!given.ok() || !TakeItems(given[0], context.run, &items)) return Value();
  for (const Value& item : items) {
    if (!context.run->Append(&self.list(), item)) return Value();
  }
  return Value::None();
}

Value ListInsert(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("insert", {"index", "object"}, 2, arguments, context.run);
  if (!given.ok()) return Value();
  if (!given[0].IsInteger()) return context.run->Fail("the index of a list is an integer");
  List& list = self.list();
  const auto size = static_cast<int64_t>(list.items.size());
  int64_t at = given[0].integer();
  at = std::clamp(at < 0 ? at + size : at, int64_t{0}, size);
  if (!context.run->Spend(list.items.size()) || !context.run->Append(&list, given[1])) return Value();
  std::rotate(list.items.begin() + at, list.items.end() - 1, list.items.end());
  return Value::None();
}

Value ListReverse(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("reverse", {}, 0, arguments, context.run);
  if (!given.ok() || !context.run->Spend(self.list().items.size())) return Value();
  std::reverse(self.list().items.begin(), self.list().items.end());
  return Value::None();
}

// Where the value stands, -1 when nowhere, nullopt when it failed.
std::optional<int64_t> Find(Value self, Value wanted, Run* run) {
  const std::vector<Value>& items = ItemsOf(self);
  for (size_t i = 0; i < items.size(); ++i) {
    const std::optional<bool> equal = Equal(items[i], wanted, run);
    if (!equal) return std::nullopt;
    if (*equal) return static_cast<int64_t>(i);
  }
  return -1;
}

Value SequenceIndex(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("index", {"value"}, 1, arguments, context.run);
  const std::optional<int64_t> at = given.ok() ? Find(self, given[0], context.run) : std::nullopt;
  if (!at) return Value();
  return *at < 0 ? context.run->Fail("the value is not in it") : Value::Int(*at);
}

Value SequenceCount(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("count", {"value"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  int64_t count = 0;
  for (const Value& item : ItemsOf(self)) {
    const std::optional<bool> equal = Equal(item, given[0], context.run);
    if (!equal) return Value();
    count += *equal ? 1 : 0;
  }
  return Value::Int(count);
}

Value DictGet(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("get", {"key", "default"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  const Dict::Entry* entry = context.run->FindItem(self.dict(), given[0]);
  if (context.run->failed()) return Value();
  if (entry != nullptr) return entry->value;
  return given.Has(1) ? given[1] : Value::None();
}

Value DictSetDefault(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("setdefault", {"key", "default"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  const Dict::Entry* entry = context.run->FindItem(self.dict(), given[0]);
  if (entry != nullptr) return entry->value;
  const Value value = given.Has(1) ? given[1] : Value::None();
  if (context.run->failed() || !context.run->SetItem(&self.dict(), given[0], value)) return Value();
  return value;
}

// The keys, values or pairs, as a tuple.
Value DictList(const CallContext& context, Value self, const Arguments& arguments, bool keys, bool values) {
  const Parameters given(keys && values ? "items" : keys ? "keys" : "values", {}, 0, arguments, context.run);
  if (!given.ok()) return Value();
  std::vector<Value> out;
  for (const Dict::Entry& entry : self.dict().entries) {
    if (!context.run->Spend(1)) return Value();
    out.push_back(!values ? entry.key : !keys ? entry.value : context.run->NewTuple({entry.key, entry.value}));
    if (out.back().failed()) return Value();
  }
  return context.run->NewTuple(std::move(out));
}

Value DictKeys(const CallContext& context, Value self, const Arguments& arguments) {
  return DictList(context, self, arguments, true, false);
}
Value DictValues(const CallContext& context, Value self, const Arguments& arguments) {
  return DictList(context, self, arguments, false, true);
}
Value DictItems(const CallContext& context, Value self, const Arguments& arguments) {
  return DictList(context, self, arguments, true, true);
}

Value DictUpdate(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("update", {"other"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  if (!given[0].Is(Kind::kDict)) return context.run->Fail("update() takes a dict");
  const std::vector<Dict::Entry> entries = given[0].dict().entries;
  for (const Dict::Entry& entry : entries) {
    if (!context.run->SetItem(&self.dict(), entry.key, entry.value)) return Value();
  }
  return Value::None();
}

constexpr MethodRow kMethods[] = {
    {Kind::kList, "append", ListAppend},    {Kind::kList, "extend", ListExtend},
    {Kind::kList, "insert", ListInsert},    {Kind::kList, "reverse", ListReverse},
    {Kind::kList, "index", SequenceIndex},  {Kind::kList, "count", SequenceCount},
    {Kind::kTuple, "index", SequenceIndex}, {Kind::kTuple, "count", SequenceCount},
    {Kind::kDict, "get", DictGet},          {Kind::kDict, "setdefault", DictSetDefault},
    {Kind::kDict, "keys", DictKeys},        {Kind::kDict, "values", DictValues},
    {Kind::kDict, "items", DictItems},      {Kind::kDict, "update", DictUpdate},
};

}  // namespace

absl::Span<const MethodRow> ContainerMethods() { return kMethods; }

}  // namespace strata::zonec::pyzone
