// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/operators/arithmetic.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {
namespace {

bool CheckDepth(size_t depth, Run* run) {
  if (depth < run->limits().value_depth) return run->Spend(1);
  run->Fail(run->at(), "limit", "the values nest too deep to be compared");
  return false;
}

const std::vector<Value>* ItemsOf(Value value) {
  if (value.Is(Kind::kList)) return &value.list().items;
  if (value.Is(Kind::kTuple)) return &value.tuple().items;
  return nullptr;
}

std::optional<bool> EqualDicts(const Dict& left, const Dict& right, Run* run, size_t depth) {
  if (left.entries.size() != right.entries.size()) return false;
  for (const Dict::Entry& entry : left.entries) {
    const Dict::Entry* other = run->FindItem(right, entry.key);
    if (run->failed()) return std::nullopt;
    if (other == nullptr) return false;
    const std::optional<bool> equal = Equal(entry.value, other->value, run, depth + 1);
    if (!equal || !*equal) return equal;
  }
  return true;
}

bool EqualRanges(const Range& left, const Range& right) {
  const uint64_t count = left.Count();
  return count == right.Count() &&
         (count == 0 || (left.start == right.start && (count == 1 || left.step == right.step)));
}

// The order of two lists or two tuples is that of their first items that differ.
std::optional<bool> LessItems(const std::vector<Value>& left, const std::vector<Value>& right, Run* run, size_t depth) {
  for (size_t i = 0; i < left.size() && i < right.size(); ++i) {
    const std::optional<bool> equal = Equal(left[i], right[i], run, depth + 1);
    if (!equal) return std::nullopt;
    if (!*equal) return Less(left[i], right[i], run, depth + 1);
  }
  return left.size() < right.size();
}

std::optional<bool> IsMember(Value item, Value container, Run* run) {
  if (container.IsText()) {
    if (container.Is(Kind::kBytes) && item.IsInteger()) {
      if (item.integer() < 0 || item.integer() > 255) {
        run->Fail("an octet is a number from 0 to 255");
        return std::nullopt;
      }
      return absl::StrContains(container.octets(), static_cast<char>(item.integer()));
    }
    if (item.kind() != container.kind()) {
      run->Fail(absl::StrCat(KindName(item.kind()), " cannot be in ", KindName(container.kind())));
      return std::nullopt;
    }
    if (!SpendSearch(container.octets(), item.octets(), run)) return std::nullopt;
    return absl::StrContains(container.octets(), item.octets());
  }
  if (container.Is(Kind::kDict)) {
    const bool found = run->FindItem(container.dict(), item) != nullptr;
    return run->failed() ? std::nullopt : std::optional<bool>(found);
  }
  if (container.Is(Kind::kRange) && item.IsInteger()) {
    const Range& range = container.range();
    const int64_t at = item.integer();
    const bool inside = range.step > 0 ? at >= range.start && at < range.stop : at <= range.start && at > range.stop;
    const uint64_t distance = range.step > 0 ? static_cast<uint64_t>(at) - static_cast<uint64_t>(range.start)
                                             : static_cast<uint64_t>(range.start) - static_cast<uint64_t>(at);
    const uint64_t step =
        range.step > 0 ? static_cast<uint64_t>(range.step) : uint64_t{0} - static_cast<uint64_t>(range.step);
    return inside && distance % step == 0;
  }
  Cursor cursor(container, run);
  Value other;
  while (cursor.Next(&other)) {
    const std::optional<bool> equal = Equal(item, other, run);
    if (!equal || *equal) return equal;
  }
  return run->failed() ? std::nullopt : std::optional<bool>(false);
}

std::optional<bool> Identical(Value left, Value right, Run* run) {
  const auto is_single = [](Value value) { return value.Is(Kind::kNone) || value.Is(Kind::kBool); };
  if (is_single(left) || is_single(right)) {
    return left.kind() == right.kind() && left.integer() == right.integer();
  }
  run->Fail("`is` asks whether two values are one object, which says nothing here; write ==");
  return std::nullopt;
}

std::optional<bool> Not(std::optional<bool> value) {
  if (value) *value = !*value;
  return value;
}

// a <= b is not b < a; all orders here are total.
std::optional<bool> LessOrEqual(Value left, Value right, Run* run) { return Not(Less(right, left, run)); }

}  // namespace

std::optional<bool> Equal(Value left, Value right, Run* run, size_t depth) {
  if (!CheckDepth(depth, run)) return std::nullopt;
  if (left.IsNumber() && right.IsNumber()) return CompareNumbers(left, right) == 0;
  if (left.kind() != right.kind()) return false;
  if (left.IsText()) {
    if (left.octets().size() != right.octets().size()) return false;
    if (!run->SpendOctets(left.octets().size())) return std::nullopt;
    return left.octets() == right.octets();
  }
  if (left.Is(Kind::kNone) || left.object() == right.object()) return true;
  if (left.Is(Kind::kRange)) return EqualRanges(left.range(), right.range());
  if (left.Is(Kind::kDict)) return EqualDicts(left.dict(), right.dict(), run, depth);
  const std::vector<Value>* a = ItemsOf(left);
  const std::vector<Value>* b = ItemsOf(right);
  if (a == nullptr || a->size() != b->size()) return false;
  for (size_t i = 0; i < a->size(); ++i) {
    const std::optional<bool> equal = Equal((*a)[i], (*b)[i], run, depth + 1);
    if (!equal || !*equal) return equal;
  }
  return true;
}

std::optional<bool> Less(Value left, Value right, Run* run, size_t depth) {
  if (!CheckDepth(depth, run)) return std::nullopt;
  if (left.IsNumber() && right.IsNumber()) return CompareNumbers(left, right) < 0;
  if (left.kind() == right.kind()) {
    if (left.IsText()) {
      // The order of UTF-8 octets is that of the characters.
      if (!run->SpendOctets(std::min(left.octets().size(), right.octets().size()))) return std::nullopt;
      return left.octets() < right.octets();
    }
    if (ItemsOf(left) != nullptr) return LessItems(*ItemsOf(left), *ItemsOf(right), run, depth);
  }
  run->Fail(absl::StrCat(KindName(left.kind()), " and ", KindName(right.kind()), " have no order"));
  return std::nullopt;
}

std::optional<bool> ApplyComparison(Operator op, Value left, Value right, Run* run) {
  switch (op) {
    case Operator::kEqual:
      return Equal(left, right, run);
    case Operator::kNotEqual:
      return Not(Equal(left, right, run));
    case Operator::kLess:
      return Less(left, right, run);
    case Operator::kLessEqual:
      return LessOrEqual(left, right, run);
    case Operator::kGreater:
      return Less(right, left, run);
    case Operator::kGreaterEqual:
      return LessOrEqual(right, left, run);
    case Operator::kIn:
      return IsMember(left, right, run);
    case Operator::kNotIn:
      return Not(IsMember(left, right, run));
    case Operator::kIs:
      return Identical(left, right, run);
    default:
      return Not(Identical(left, right, run));
  }
}

}  // namespace strata::zonec::pyzone
