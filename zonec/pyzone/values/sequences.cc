// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/sequences.h"

#include <algorithm>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

// The items of a list or tuple, or nullptr.
const std::vector<Value>* ItemsOf(Value value) {
  if (value.Is(Kind::kList)) return &value.list().items;
  if (value.Is(Kind::kTuple)) return &value.tuple().items;
  return nullptr;
}

Value Octet(char c) { return Value::Int(static_cast<unsigned char>(c)); }

// An index that may count from the end; nullopt: outside.
std::optional<size_t> ResolveIndex(int64_t index, int64_t size) {
  if (index < 0) index += size;
  if (index < 0 || index >= size) return std::nullopt;
  return static_cast<size_t>(index);
}

// A slice with all bounds worked out, as Python's slice.indices() does.
struct Bounds {
  int64_t start = 0;
  int64_t stop = 0;
  int64_t step = 1;
};

std::optional<Bounds> ResolveSlice(const Slice& slice, int64_t size, Run* run) {
  for (const Value& part : {slice.start, slice.stop, slice.step}) {
    if (part.IsInteger() || part.Is(Kind::kNone)) continue;
    run->Fail(absl::StrCat("the bounds of a slice are integers, not ", KindName(part.kind())));
    return std::nullopt;
  }
  Bounds bounds;
  // The smallest number has no negative; no list is that long.
  if (slice.step.IsInteger()) bounds.step = std::max(slice.step.integer(), -std::numeric_limits<int64_t>::max());
  if (bounds.step == 0) {
    run->Fail("the step of a slice is 0");
    return std::nullopt;
  }
  const bool forward = bounds.step > 0;
  const int64_t lowest = forward ? 0 : -1;
  const int64_t highest = forward ? size : size - 1;
  const auto resolve = [&](Value part, int64_t otherwise) {
    if (part.Is(Kind::kNone)) return otherwise;
    const int64_t at = part.integer();
    return std::clamp(at < 0 ? at + size : at, lowest, highest);
  };
  bounds.start = resolve(slice.start, forward ? lowest : highest);
  bounds.stop = resolve(slice.stop, forward ? highest : lowest);
  return bounds;
}

Value SliceText(Value object, const Bounds& bounds, Run* run) {
  const absl::string_view octets = object.octets();
  const Range range{bounds.start, bounds.stop, bounds.step};
  const uint64_t count = range.Count();
  if (!run->SpendOctets(octets.size())) return Value();
  if (object.text().ascii || object.Is(Kind::kBytes)) {
    if (bounds.step == 1) return run->NewText(object.kind(), octets.substr(static_cast<size_t>(bounds.start), count));
    std::string out;
    for (uint64_t i = 0; i < count; ++i) out += octets[static_cast<size_t>(range.At(i))];
    return run->NewText(object.kind(), out);
  }
  if (!run->Spend(octets.size())) return Value();
  std::vector<size_t> starts;
  for (size_t at = 0; at < octets.size(); at += Utf8Size(octets[at])) starts.push_back(at);
  std::string out;
  for (uint64_t i = 0; i < count; ++i) {
    const size_t at = starts[static_cast<size_t>(range.At(i))];
    out.append(octets.data() + at, Utf8Size(octets[at]));
  }
  return run->NewText(object.kind(), out);
}

Value IndexDict(const Dict& dict, Value key, Run* run) {
  const Dict::Entry* entry = run->FindItem(dict, key);
  if (entry != nullptr) return entry->value;
  if (run->failed()) return Value();
  if (dict.incomplete) return run->FailAgain();
  if (key.Is(Kind::kStr)) return run->Fail(absl::StrCat("the dict has no key \"", key.octets(), "\""));
  return run->Fail("the dict has no such key");
}

}  // namespace

bool SpendSearch(absl::string_view text, absl::string_view needle, Run* run) {
  return run->Spend(text.size() * std::max<size_t>(needle.size(), 1) / 64 + 1);
}

Cursor::Cursor(Value iterable, Run* run) : iterable_(iterable), run_(*run) {
  if (iterable.Is(Kind::kRange)) {
    count_ = iterable.range().Count();
  } else if (iterable.Is(Kind::kDict)) {
    count_ = iterable.dict().entries.size();
  } else if (!iterable.IsText() && ItemsOf(iterable) == nullptr && !iterable.Is(Kind::kIterator)) {
    run_.Fail(absl::StrCat(KindName(iterable.kind()), " has no items to go through"));
  }
}

bool Cursor::NextOf(const std::vector<Value>& items, Value* item) {
  if (at_ >= items.size()) return false;
  *item = items[at_++];
  return true;
}

bool Cursor::NextCharacter(Value* item) {
  const absl::string_view octets = iterable_.octets();
  if (at_ >= octets.size()) return false;
  if (iterable_.Is(Kind::kBytes)) {
    *item = Octet(octets[at_++]);
    return true;
  }
  const size_t size = Utf8Size(octets[at_]);
  *item = run_.NewStr(octets.substr(at_, size));
  at_ += size;
  return !item->failed();
}

bool Cursor::NextKey(Value* item) {
  const Dict& dict = iterable_.dict();
  if (dict.entries.size() != count_) {
    run_.Fail("the dict grows while its keys are gone through");
    return false;
  }
  if (at_ == count_) return false;
  *item = dict.entries[at_++].key;
  return true;
}

bool Cursor::Next(Value* item) {
  if (run_.failed() || !run_.Spend(1)) return false;
  switch (iterable_.kind()) {
    case Kind::kStr:
    case Kind::kBytes:
      return NextCharacter(item);
    case Kind::kDict:
      return NextKey(item);
    case Kind::kRange:
      if (at_ == count_) return false;
      *item = Value::Int(iterable_.range().At(at_++));
      return true;
    case Kind::kIterator: {
      Iterator& iterator = iterable_.iterator();
      if (iterator.next == iterator.items.size()) return false;
      *item = iterator.items[iterator.next++];
      return true;
    }
    default:
      return NextOf(*ItemsOf(iterable_), item);
  }
}

bool TakeItems(Value iterable, Run* run, std::vector<Value>* items) {
  Cursor cursor(iterable, run);
  Value item;
  while (cursor.Next(&item)) {
    // What is only passed on takes memory as well.
    if (!run->CheckSize(items->size() + 1) || !run->Take(sizeof(Value))) return false;
    items->push_back(item);
  }
  return !run->failed();
}

std::optional<int64_t> Length(Value value, Run* run) {
  if (const std::vector<Value>* items = ItemsOf(value)) return static_cast<int64_t>(items->size());
  if (value.Is(Kind::kBytes) || (value.Is(Kind::kStr) && value.text().ascii)) {
    return static_cast<int64_t>(value.octets().size());
  }
  if (value.Is(Kind::kStr)) {
    if (!run->SpendOctets(value.octets().size())) return std::nullopt;
    return static_cast<int64_t>(CountCharacters(value.octets()));
  }
  if (value.Is(Kind::kDict)) return static_cast<int64_t>(value.dict().entries.size());
  if (value.Is(Kind::kRange)) {
    const uint64_t count = value.range().Count();
    if (count <= uint64_t{std::numeric_limits<int64_t>::max()}) return static_cast<int64_t>(count);
    run->Fail("the range is too long for its length to be a number");
    return std::nullopt;
  }
  run->Fail(absl::StrCat(KindName(value.kind()), " has no length"));
  return std::nullopt;
}

Value Index(Value object, Value index, Run* run) {
  if (object.Is(Kind::kDict)) return IndexDict(object.dict(), index, run);
  const std::vector<Value>* items = ItemsOf(object);
  if (items == nullptr && !object.IsText() && !object.Is(Kind::kRange)) {
    return run->Fail(absl::StrCat(KindName(object.kind()), " has no items by number"));
  }
  if (!index.IsInteger()) {
    return run->Fail(
        absl::StrCat("the index of ", KindName(object.kind()), " is an integer, not ", KindName(index.kind())));
  }
  const std::optional<int64_t> size = Length(object, run);
  if (!size) return Value();
  const std::optional<size_t> at = ResolveIndex(index.integer(), *size);
  if (!at) {
    if (object.Is(Kind::kList) && object.list().incomplete) return run->FailAgain();
    return run->Fail(
        absl::StrCat("index ", index.integer(), " is outside of ", KindName(object.kind()), " of length ", *size));
  }
  if (items != nullptr) return (*items)[*at];
  if (object.Is(Kind::kRange)) return Value::Int(object.range().At(*at));
  if (object.Is(Kind::kBytes)) return Octet(object.octets()[*at]);
  const absl::string_view octets = object.octets();
  if (object.text().ascii) return run->NewStr(octets.substr(*at, 1));
  if (!run->Spend(*at)) return Value();
  const size_t offset = OffsetOfCharacter(octets, *at);
  return run->NewStr(octets.substr(offset, Utf8Size(octets[offset])));
}

bool AssignIndex(Value object, Value index, Value value, Run* run) {
  if (object.Is(Kind::kDict)) return run->SetItem(&object.dict(), index, value);
  if (!object.Is(Kind::kList)) {
    run->Fail(absl::StrCat("the items of ", KindName(object.kind()), " cannot be assigned"));
    return false;
  }
  if (!index.IsInteger()) {
    run->Fail(absl::StrCat("the index of a list is an integer, not ", KindName(index.kind())));
    return false;
  }
  std::vector<Value>& items = object.list().items;
  const std::optional<size_t> at = ResolveIndex(index.integer(), static_cast<int64_t>(items.size()));
  if (!at) {
    run->Fail(absl::StrCat("index ", index.integer(), " is outside of a list of length ", items.size()));
    return false;
  }
  items[*at] = value;
  return true;
}

bool DeleteIndex(Value object, Value index, Run* run) {
  if (object.Is(Kind::kDict)) {
    if (IndexDict(object.dict(), index, run).failed()) return false;
    return run->RemoveItem(&object.dict(), index);
  }
  if (!object.Is(Kind::kList)) {
    run->Fail(absl::StrCat("the items of ", KindName(object.kind()), " cannot be deleted"));
    return false;
  }
  // Finds fault with the index.
  if (Index(object, index, run).failed()) return false;
  std::vector<Value>& items = object.list().items;
  if (!run->SpendOctets(items.size() * sizeof(Value))) return false;
  items.erase(items.begin() +
              static_cast<ptrdiff_t>(*ResolveIndex(index.integer(), static_cast<int64_t>(items.size()))));
  return true;
}

Value TakeSlice(Value object, const Slice& slice, Run* run) {
  const std::vector<Value>* items = ItemsOf(object);
  if (items == nullptr && !object.IsText() && !object.Is(Kind::kRange)) {
    return run->Fail(absl::StrCat(KindName(object.kind()), " has no slices"));
  }
  const std::optional<int64_t> size = Length(object, run);
  const std::optional<Bounds> bounds = size ? ResolveSlice(slice, *size, run) : std::nullopt;
  if (!bounds) return Value();
  if (object.IsText()) return SliceText(object, *bounds, run);
  const Range range{bounds->start, bounds->stop, bounds->step};
  if (object.Is(Kind::kRange)) {
    const Range& of = object.range();
    Range part{of.At(static_cast<uint64_t>(bounds->start)), of.At(static_cast<uint64_t>(bounds->stop)), 1};
    if (__builtin_mul_overflow(of.step, bounds->step, &part.step)) {
      return run->Fail("the number is too large: integers have 64 bits here");
    }
    return run->NewRange(part);
  }
  const uint64_t count = range.Count();
  if (!run->Spend(count)) return Value();
  std::vector<Value> taken;
  for (uint64_t i = 0; i < count; ++i) taken.push_back((*items)[static_cast<size_t>(range.At(i))]);
  return object.Is(Kind::kList) ? run->NewList(std::move(taken)) : run->NewTuple(std::move(taken));
}

}  // namespace strata::zonec::pyzone
