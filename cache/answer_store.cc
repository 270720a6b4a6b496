// SPDX-License-Identifier: Apache-2.0
#include "cache/answer_store.h"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/prefetch.h"
#include "dns/big_endian.h"
#include "dns/header.h"

namespace strata::cache {

// A cache line, and behind it the offsets of the TTLs, the message (or for a failure the name), and the extended
// error's text. The name of a message's key is that of its question.
struct Entry {
  enum Flag : uint8_t {
    kKeyFlags = HashedKey::kDnssecOk | HashedKey::kCheckingDisabled,
    kHasExtendedError = 4,
    kVisited = 8,
  };

  Entry* newer;
  Entry* older;
  base::MonotonicTime stored_at;
  base::MonotonicTime expires_at;
  uint64_t hash;
  uint32_t partition;
  uint16_t type;
  uint16_t rr_class;
  uint16_t rcode;
  uint16_t extended_error;
  uint16_t ttl_count;
  uint16_t wire_size;  // 0: a failure
  uint16_t text_size;
  uint8_t name_size;
  uint8_t flags;

  bool IsFailure() const { return wire_size == 0; }
  const uint16_t* ttl_offsets() const { return reinterpret_cast<const uint16_t*>(this + 1); }
  uint16_t* ttl_offsets() { return reinterpret_cast<uint16_t*>(this + 1); }
  const char* octets() const { return reinterpret_cast<const char*>(ttl_offsets() + ttl_count); }
  char* octets() { return reinterpret_cast<char*>(ttl_offsets() + ttl_count); }
  absl::string_view name() const {
    return absl::string_view(octets() + (IsFailure() ? 0 : dns::kHeaderSize), name_size);
  }
  absl::string_view wire() const { return absl::string_view(octets(), wire_size); }
  absl::string_view text() const {
    return absl::string_view(octets() + (IsFailure() ? name_size : wire_size), text_size);
  }

  bool Holds(const HashedKey& key) const {
    return hash == key.hash && type == key.type && rr_class == key.rr_class && (flags & kKeyFlags) == key.flags &&
           partition == key.partition && name() == key.name;
  }
};
static_assert(sizeof(Entry) == 64);

namespace {

// An index of a sixteenth: at its greatest load, an entry has 183 octets of the rest.
constexpr size_t kMemoryPerBucket = 1024;
// A text for people in an extended error; longer ones are left out.
constexpr size_t kMaxTextSize = 512;
// In front of what malloc_usable_size() counts.
constexpr size_t kMallocHeader = sizeof(size_t);
// What malloc may round up to.
constexpr size_t kMallocSlack = 32;
// How many entries the hand spares in a row, so that nobody waits for it to go past thousands of popular ones.
constexpr int kMaxSpared = 128;

size_t ChargeOf(Entry* entry) { return malloc_usable_size(entry) + kMallocHeader; }

char* Append(absl::string_view octets, char* to) {
  if (!octets.empty()) std::memcpy(to, octets.data(), octets.size());
  return to + octets.size();
}

// An entry that is not linked yet, in one allocation; nullptr when the process has no memory left.
Entry* NewEntry(const HashedKey& key, const Answer& answer, absl::string_view text, absl::Span<const TtlField> ttls,
                size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) return nullptr;
  auto* const entry = new (memory) Entry;
  entry->newer = entry->older = nullptr;
  entry->hash = key.hash;
  entry->partition = key.partition;
  entry->type = key.type;
  entry->rr_class = key.rr_class;
  entry->rcode = answer.rcode;
  entry->extended_error = answer.extended_error;
  entry->ttl_count = static_cast<uint16_t>(ttls.size());
  entry->wire_size = static_cast<uint16_t>(answer.wire.size());
  entry->text_size = static_cast<uint16_t>(text.size());
  entry->name_size = static_cast<uint8_t>(key.name.size());
  entry->flags = static_cast<uint8_t>(key.flags | (answer.has_extended_error ? Entry::kHasExtendedError : 0));
  std::transform(ttls.begin(), ttls.end(), entry->ttl_offsets(), [](const TtlField& ttl) { return ttl.offset; });
  Append(text, Append(answer.wire.empty() ? key.name : answer.wire, entry->octets()));
  return entry;
}

void CountDown(uint32_t seconds, const uint16_t* offsets, size_t count, char* wire) {
  for (size_t i = 0; i < count; ++i) {
    char* const field = wire + offsets[i];
    const uint32_t ttl = dns::ReadU32(absl::string_view(field, sizeof(ttl)));
    const uint32_t left = ttl - std::min(ttl, seconds);
    dns::SetU16(field, 0, static_cast<uint16_t>(left >> 16));
    dns::SetU16(field, 2, static_cast<uint16_t>(left));
  }
}

}  // namespace

AnswerStore::AnswerStore(const Options& options)
    : options_(options),
      index_(options.memory_bytes / kMemoryPerBucket),
      max_entries_(static_cast<size_t>(static_cast<double>(index_.bucket_count() * EntryIndex::kBucketSlots) *
                                       EntryIndex::kMaxLoad)) {}

AnswerStore::~AnswerStore() {
  while (newest_ != nullptr) Remove(newest_);
}

Entry* AnswerStore::FindEntry(const HashedKey& key) const {
  return index_.Find(key.hash, [&key](const Entry& entry) {
    // The processor waits for the first line only: most messages end in the third.
    base::Prefetch(reinterpret_cast<const char*>(&entry) + 64);
    base::Prefetch(reinterpret_cast<const char*>(&entry) + 128);
    return entry.Holds(key);
  });
}

// Failures stay for a while, so that the next one is known not to be the first.
bool AnswerStore::IsFree(const Entry& entry, base::MonotonicTime now) const {
  return now >= (entry.IsFailure() ? entry.expires_at + options_.failure_memory : entry.expires_at);
}

bool AnswerStore::Find(const HashedKey& key, base::MonotonicTime now, std::string* memory, Answer* answer) {
  Entry* const entry = FindEntry(key);
  if (entry == nullptr) return false;
  if (now >= entry->expires_at) {
    if (IsFree(*entry, now)) RemoveExpired(entry);
    return false;
  }
  if ((entry->flags & Entry::kVisited) == 0) entry->flags |= Entry::kVisited;

  const size_t wire_size = entry->wire_size;
  const absl::string_view text = entry->text();
  memory->assign(entry->octets() + (entry->IsFailure() ? entry->name_size : 0), wire_size + text.size());
  const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(now - entry->stored_at);
  CountDown(static_cast<uint32_t>(elapsed.count()), entry->ttl_offsets(), entry->ttl_count, memory->data());
  answer->wire = absl::string_view(*memory).substr(0, wire_size);
  answer->rcode = entry->rcode;
  answer->has_extended_error = (entry->flags & Entry::kHasExtendedError) != 0;
  answer->extended_error = entry->extended_error;
  answer->extended_error_text = absl::string_view(*memory).substr(wire_size);
  return true;
}

bool AnswerStore::Put(const HashedKey& key, const Answer& answer, absl::Span<const TtlField> ttls,
                      base::MonotonicTime now, base::MonotonicTime::duration lifetime) {
  Erase(key);
  const absl::string_view text =
      answer.extended_error_text.size() > kMaxTextSize ? absl::string_view() : answer.extended_error_text;
  const size_t size = sizeof(Entry) + ttls.size() * sizeof(uint16_t) +
                      (answer.wire.empty() ? key.name.size() : answer.wire.size()) + text.size();
  if (!MakeRoom(size + kMallocHeader + kMallocSlack, now)) return false;

  Entry* const entry = NewEntry(key, answer, text, ttls, size);
  if (entry == nullptr) return false;
  entry->stored_at = now;
  entry->expires_at = now + lifetime;
  if (!index_.Insert(key.hash, entry)) {
    EvictFrom(index_.FirstBucket(key.hash));
    index_.Insert(key.hash, entry);
  }
  Link(entry);
  return true;
}

void AnswerStore::Erase(const HashedKey& key) {
  Entry* const entry = FindEntry(key);
  if (entry != nullptr) Remove(entry);
}

base::MonotonicTime::duration AnswerStore::LastFailureLifetime(const HashedKey& key, base::MonotonicTime now) const {
  const Entry* const entry = FindEntry(key);
  if (entry == nullptr || !entry->IsFailure() || IsFree(*entry, now)) return {};
  return entry->expires_at - entry->stored_at;
}

bool AnswerStore::MakeRoom(size_t bytes, base::MonotonicTime now) {
  if (max_entries_ == 0 || index_.bytes() + bytes > options_.memory_bytes) return false;
  const auto is_full = [this, bytes] {
    return AnswerStore::bytes() + bytes > options_.memory_bytes || entry_count_ >= max_entries_;
  };
  if (is_full()) SweepBucket(now);
  while (is_full()) {
    if (oldest_ == nullptr) return false;
    EvictOne(now);
  }
  return true;
}

void AnswerStore::SweepBucket(base::MonotonicTime now) {
  sweep_at_ = sweep_at_ + 1 < index_.bucket_count() ? sweep_at_ + 1 : 0;
  for (Entry* entry : index_.BucketAt(sweep_at_)) {
    if (entry != nullptr && IsFree(*entry, now)) RemoveExpired(entry);
  }
}

void AnswerStore::EvictOne(base::MonotonicTime now) {
  Entry* entry = hand_ != nullptr ? hand_ : oldest_;
  int spared = 0;
  for (; spared < kMaxSpared; ++spared) {
    if ((entry->flags & Entry::kVisited) == 0 || now >= entry->expires_at) break;
    entry->flags &= static_cast<uint8_t>(~Entry::kVisited);
    entry = entry->newer != nullptr ? entry->newer : oldest_;
  }
  hand_ = entry;
  // Among so many that are popular, the newest is the better choice unless it is, too.
  if ((newest_->flags & Entry::kVisited) == 0 && spared == kMaxSpared) entry = newest_;
  if (now >= entry->expires_at) return RemoveExpired(entry);
  ++statistics_.evictions;
  Remove(entry);
}

void AnswerStore::EvictFrom(absl::Span<Entry* const> full_bucket) {
  const auto unpopular = std::find_if(full_bucket.begin(), full_bucket.end(),
                                      [](const Entry* entry) { return (entry->flags & Entry::kVisited) == 0; });
  ++statistics_.evictions;
  Remove(unpopular != full_bucket.end() ? *unpopular : full_bucket.front());
}

void AnswerStore::Link(Entry* entry) {
  entry->older = newest_;
  (newest_ != nullptr ? newest_->newer : oldest_) = entry;
  newest_ = entry;
  ++entry_count_;
  entry_bytes_ += ChargeOf(entry);
}

void AnswerStore::Remove(Entry* entry) {
  if (hand_ == entry) hand_ = entry->newer;
  (entry->newer != nullptr ? entry->newer->older : newest_) = entry->older;
  (entry->older != nullptr ? entry->older->newer : oldest_) = entry->newer;
  index_.Remove(entry->hash, entry);
  --entry_count_;
  entry_bytes_ -= ChargeOf(entry);
  entry->~Entry();
  std::free(entry);
}

void AnswerStore::RemoveExpired(Entry* entry) {
  ++statistics_.expired;
  Remove(entry);
}

}  // namespace strata::cache
