// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/run.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"

namespace strata::zonec::pyzone {
namespace {

// What an object takes besides its contents, roughly.
constexpr size_t kObjectSize = 48;

bool IsAscii(absl::string_view octets) {
  return std::all_of(octets.begin(), octets.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

// What a reading takes, roughly.
constexpr size_t kReadingSize = 64;

// A whole number that an int can hold is the same key as that int.
bool IsWhole(double value) { return value >= -0x1p63 && value < 0x1p63 && std::floor(value) == value; }

}  // namespace

Value Run::Fail(Position position, absl::string_view check, std::string message) {
  if (failed_) return Value();
  diagnostics_.Error(Place(position), check, std::move(message));
  if (check == "limit") {
    ended_ = true;
  } else if (++error_count_ == limits_.errors) {
    ended_ = true;
    diagnostics_.Error(Place(position), "limit",
                       absl::StrCat("the program has gone wrong ", error_count_, " times, and is not read further"));
  }
  return FailAgain();
}

Position Run::PlaceIn(size_t depth, Position position) {
  const auto included = readings_.find(position.file);
  const FileId file = included == readings_.end() ? position.file : included->second;
  // The statements of another file, which the function includes, know their way.
  if (depth == 0 || sources_ == nullptr || position.file != calls_[depth - 1].text) return {file, position.offset};
  CallFrame& call = calls_[depth - 1];
  if (!call.reading) {
    call.reading = sources_->Enter(file, {EnteredBy::kCall, PlaceIn(depth - 1, call.from), call.function});
    memory_bytes_ += kReadingSize;  // looked at when something is made next
  }
  return {*call.reading, position.offset};
}

bool Run::OutOfSteps() {
  Fail(at_, "limit", absl::StrCat("the zone takes more than ", limits_.steps, " steps to evaluate"));
  return false;
}

bool Run::OutOfMemory() {
  Fail(at_, "limit",
       absl::StrCat("the zone takes more than ", limits_.memory_bytes >> 20, " MiB of memory to evaluate"));
  return false;
}

bool Run::CheckSize(size_t size) {
  if (size <= limits_.value_size) return true;
  Fail(at_, "limit", absl::StrCat("a value of size ", size, "; the most is ", limits_.value_size));
  return false;
}

Value Run::NewText(Kind kind, absl::string_view octets) {
  if (!CheckSize(octets.size()) || !Take(kObjectSize + octets.size()) || !SpendOctets(octets.size())) return Value();
  texts_.push_back({std::string(octets), IsAscii(octets)});
  return Value(kind, &texts_.back());
}

Value Run::NewList(std::vector<Value> items) {
  if (!CheckSize(items.size()) || !Take(kObjectSize + items.size() * sizeof(Value)) || !Spend(1)) return Value();
  lists_.push_back({std::move(items)});
  return Value(&lists_.back());
}

Value Run::NewTuple(std::vector<Value> items) {
  if (!CheckSize(items.size()) || !Take(kObjectSize + items.size() * sizeof(Value)) || !Spend(1)) return Value();
  tuples_.push_back({std::move(items)});
  return Value(&tuples_.back());
}

Value Run::NewIterator(std::vector<Value> items) {
  if (!CheckSize(items.size()) || !Take(kObjectSize + items.size() * sizeof(Value)) || !Spend(1)) return Value();
  iterators_.push_back({std::move(items)});
  return Value(&iterators_.back());
}

Value Run::NewDict() {
  if (!Take(2 * kObjectSize) || !Spend(1)) return Value();
  dicts_.emplace_back();
  return Value(&dicts_.back());
}

Value Run::NewRange(const Range& range) {
  if (!Take(kObjectSize) || !Spend(1)) return Value();
  ranges_.push_back(range);
  return Value(&ranges_.back());
}

Value Run::NewFunction(Function function) {
  if (!Take(2 * kObjectSize + function.defaults.size() * sizeof(Value)) || !Spend(1)) return Value();
  functions_.push_back(std::move(function));
  return Value(&functions_.back());
}

Value Run::NewMethod(const Method& method) {
  if (!Take(kObjectSize) || !Spend(1)) return Value();
  methods_.push_back(method);
  return Value(&methods_.back());
}

Value Run::NewRecord(RecordValue record) {
  if (records_.size() >= limits_.records) {
    return Fail(at_, "limit", absl::StrCat("the zone makes more than ", limits_.records, " records"));
  }
  if (!Take(sizeof(RecordValue) + record.rdata.size() + record.owner.wire().size())) return Value();
  record.position = Place(record.position);
  records_.push_back(std::move(record));
  return Value(&records_.back());
}

bool Run::Append(List* list, Value item) {
  // Twice, since vectors double.
  if (!CheckSize(list->items.size() + 1) || !Take(2 * sizeof(Value)) || !Spend(1)) return false;
  list->items.push_back(item);
  return true;
}

bool Run::DictKey(Value key, size_t depth, std::string* out) {
  const bool whole = key.IsInteger() || (key.Is(Kind::kFloat) && IsWhole(key.real()));
  if (whole) {
    absl::StrAppend(out, "i", key.IsInteger() ? key.integer() : static_cast<int64_t>(key.real()), ";");
    return true;
  }
  switch (key.kind()) {
    case Kind::kNone:
      absl::StrAppend(out, "n");
      return true;
    case Kind::kFloat: {
      const double value = key.real();
      absl::StrAppend(out, "f", absl::string_view(reinterpret_cast<const char*>(&value), sizeof(value)));
      return true;
    }
    case Kind::kStr:
    case Kind::kBytes:
      absl::StrAppend(out, key.Is(Kind::kStr) ? "s" : "b", key.octets().size(), ":", key.octets());
      return SpendOctets(key.octets().size()) && CheckSize(out->size());
    case Kind::kTuple:
      if (depth >= limits_.value_depth) {
        Fail(at_, "limit", "a key of tuples in tuples that nest too deep");
        return false;
      }
      absl::StrAppend(out, "(");
      for (const Value item : key.tuple().items) {
        if (!Spend(1) || !DictKey(item, depth + 1, out)) return false;
      }
      absl::StrAppend(out, ")");
      return CheckSize(out->size());
    default:
      Fail(absl::StrCat(KindName(key.kind()), " cannot be the key of a dict"));
      return false;
  }
}

bool Run::SetItem(Dict* dict, Value key, Value value) {
  std::string octets;
  if (!Spend(1) || !DictKey(key, 0, &octets)) return false;
  const auto found = dict->index.find(octets);
  if (found != dict->index.end()) {
    dict->entries[found->second].value = value;
    return true;
  }
  if (!CheckSize(dict->entries.size() + 1)) return false;
  if (!Take(2 * (sizeof(Dict::Entry) + octets.size() + kObjectSize))) return false;
  dict->index.emplace(std::move(octets), dict->entries.size());
  dict->entries.push_back({key, value});
  return true;
}

bool Run::RemoveItem(Dict* dict, Value key) {
  std::string octets;
  if (!Spend(1) || !DictKey(key, 0, &octets)) return false;
  const auto found = dict->index.find(octets);
  const size_t at = found->second;
  dict->index.erase(found);
  const bool last = at + 1 == dict->entries.size();
  if (!last && !Spend(dict->index.size())) return false;
  dict->entries.erase(dict->entries.begin() + static_cast<ptrdiff_t>(at));
  if (last) return true;
  for (auto& [other, place] : dict->index) place -= place > at ? 1 : 0;
  return true;
}

const Dict::Entry* Run::FindItem(const Dict& dict, Value key) {
  std::string octets;
  if (!Spend(1) || !DictKey(key, 0, &octets)) return nullptr;
  const auto found = dict.index.find(octets);
  return found == dict.index.end() ? nullptr : &dict.entries[found->second];
}

}  // namespace strata::zonec::pyzone
