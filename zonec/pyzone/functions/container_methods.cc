// Methods of lists, tuples and dicts.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/functions/methods.h"
#include "zonec/pyzone/functions/sorting.h"
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

Value ListSort(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("sort", {"key", "reverse"}, 0, arguments, context.run);
  if (!given.ok()) return Value();
  // By name only, as in Python.
  if (!arguments.empty() && arguments[0].name.empty()) return context.run->Fail("write sort(key=..., reverse=...)");
  std::vector<Value> items = self.list().items;
  if (!context.run->Spend(items.size())) return Value();
  if (!SortItems(context, given[0], given.Has(1) && Truth(given[1]), &items)) return Value();
  self.list().items = std::move(items);
  return Value::None();
}

Value ListPop(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("pop", {"index"}, 0, arguments, context.run);
  if (!given.ok()) return Value();
  const Value index = given.Has(0) ? given[0] : Value::Int(-1);
  if (self.list().items.empty()) return context.run->Fail("pop() of a list without items");
  const Value item = Index(self, index, context.run);
  return !item.failed() && DeleteIndex(self, index, context.run) ? item : Value();
}

Value ListRemove(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("remove", {"value"}, 1, arguments, context.run);
  const std::optional<int64_t> at = given.ok() ? Find(self, given[0], context.run) : std::nullopt;
  if (!at) return Value();
  if (*at < 0) return context.run->Fail("the value is not in the list");
  return DeleteIndex(self, Value::Int(*at), context.run) ? Value::None() : Value();
}

Value ListCopy(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("copy", {}, 0, arguments, context.run);
  return given.ok() && context.run->Spend(self.list().items.size()) ? context.run->NewList(self.list().items) : Value();
}

Value ListClear(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("clear", {}, 0, arguments, context.run);
  if (!given.ok()) return Value();
  self.list().items.clear();
  return Value::None();
}

Value DictPop(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("pop", {"key", "default"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  const Dict::Entry* entry = context.run->FindItem(self.dict(), given[0]);
  if (context.run->failed()) return Value();
  if (entry == nullptr && given.Has(1)) return given[1];
  const Value value = Index(self, given[0], context.run);
  return !value.failed() && context.run->RemoveItem(&self.dict(), given[0]) ? value : Value();
}

Value DictCopy(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("copy", {}, 0, arguments, context.run);
  const Value copy = given.ok() ? context.run->NewDict() : Value();
  if (copy.failed()) return copy;
  for (const Dict::Entry& entry : self.dict().entries) {
    if (!context.run->SetItem(&copy.dict(), entry.key, entry.value)) return Value();
  }
  return copy;
}

Value DictClear(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("clear", {}, 0, arguments, context.run);
  if (!given.ok()) return Value();
  self.dict() = {};
  return Value::None();
}

constexpr MethodRow kMethods[] = {
    {Kind::kList, "sort", ListSort},        {Kind::kList, "pop", ListPop},
    {Kind::kList, "remove", ListRemove},    {Kind::kList, "copy", ListCopy},
    {Kind::kList, "clear", ListClear},      {Kind::kDict, "pop", DictPop},
    {Kind::kDict, "copy", DictCopy},        {Kind::kDict, "clear", DictClear},
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
