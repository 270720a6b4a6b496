// SPDX-License-Identifier: Apache-2.0
#include "cache/answer_store.h"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cache/testing/test_response.h"
#include "dns/header.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using std::chrono::seconds;
using ::strata::cache::testing::WireName;

// A store that is asked with names that a number makes.
class AnswerStoreTest : public ::testing::Test {
 protected:
  void Make(size_t memory_bytes) {
    store_ = std::make_unique<AnswerStore>(AnswerStore::Options{memory_bytes, seconds(30)});
  }

  HashedKey KeyOf(int number) {
    name_ = WireName(absl::StrCat("n", number, ".example."));
    HashedKey key;
    key.name = name_;
    key.type = key.rr_class = 1;
    key.hash = std::mt19937_64(static_cast<uint64_t>(number))();
    return key;
  }
  // A message with the key's question, and zeros up to its size.
  bool Put(int number, size_t extra = 100, seconds lifetime = seconds(300)) {
    const HashedKey key = KeyOf(number);
    message_ = std::string(dns::kHeaderSize, '\0') + name_ + std::string(4 + extra, '\0');
    Answer answer;
    answer.wire = message_;
    return store_->Put(key, answer, {}, now_, lifetime);
  }
  bool PutFailure(int number, seconds lifetime) {
    Answer answer;
    answer.rcode = 2;
    return store_->Put(KeyOf(number), answer, {}, now_, lifetime);
  }
  bool Find(int number) { return store_->Find(KeyOf(number), now_, &memory_, &answer_); }
  int CountFound(int begin, int end) {
    int found = 0;
    for (int i = begin; i < end; ++i) found += Find(i) ? 1 : 0;
    return found;
  }

  base::MonotonicTime now_{seconds(1000)};
  std::unique_ptr<AnswerStore> store_;
  std::string name_, message_, memory_;
  Answer answer_;
};

TEST_F(AnswerStoreTest, FindsWhatWasPut) {
  Make(1 << 20);
  EXPECT_FALSE(Find(1));
  ASSERT_TRUE(Put(1));
  ASSERT_TRUE(Find(1));
  EXPECT_EQ(answer_.wire, message_);
  EXPECT_FALSE(Find(2));
  store_->Erase(KeyOf(1));
  EXPECT_FALSE(Find(1));
  EXPECT_EQ(store_->entry_count(), 0u);
}

TEST_F(AnswerStoreTest, EqualHashesAreToldApart) {
  Make(1 << 20);
  Put(1);
  HashedKey key = KeyOf(2);
  key.hash = KeyOf(1).hash;
  name_ = WireName("n2.example.");
  key.name = name_;
  EXPECT_FALSE(store_->Find(key, now_, &memory_, &answer_));
}

TEST_F(AnswerStoreTest, CountsTtlsDownByWholeSecondsAndNotBelowZero) {
  Make(1 << 20);
  const HashedKey key = KeyOf(1);
  // Three TTLs, one of them at an odd offset: 300, 2 (which is less than the lifetime), 0x12345678.
  message_ = std::string(dns::kHeaderSize, '\0') + name_ + std::string(4, '\0');
  const auto base = static_cast<uint16_t>(message_.size());
  message_ += std::string("\0\0\1\x2c", 4) + std::string("x\0\0\0\2", 5) + std::string("\x12\x34\x56\x78", 4);
  const std::vector<TtlField> ttls = {
      {base, 300}, {static_cast<uint16_t>(base + 5), 2}, {static_cast<uint16_t>(base + 9), 0}};
  Answer answer;
  answer.wire = message_;
  ASSERT_TRUE(store_->Put(key, answer, ttls, now_, seconds(300)));
  now_ += std::chrono::milliseconds(44'999);
  ASSERT_TRUE(Find(1));
  EXPECT_EQ(answer_.wire.substr(base), absl::string_view("\0\0\1\0"
                                                         "x\0\0\0\0"
                                                         "\x12\x34\x56\x4c",
                                                         13));
}

TEST_F(AnswerStoreTest, ExpiredAnswerIsAMissAndFreed) {
  Make(1 << 20);
  Put(1, 100, seconds(10));
  now_ += seconds(10) - std::chrono::nanoseconds(1);
  EXPECT_TRUE(Find(1));
  now_ += std::chrono::nanoseconds(1);
  EXPECT_FALSE(Find(1));
  EXPECT_EQ(store_->entry_count(), 0u);
  EXPECT_EQ(store_->statistics().evictions, 0u);
  EXPECT_EQ(store_->statistics().expired, 1u);
}

TEST_F(AnswerStoreTest, FailureIsKnownForAWhileAfterItExpired) {
  Make(1 << 20);
  EXPECT_EQ(store_->LastFailureLifetime(KeyOf(1), now_), seconds(0));
  PutFailure(1, seconds(4));
  EXPECT_TRUE(Find(1));
  EXPECT_EQ(answer_.wire, "");
  EXPECT_EQ(answer_.rcode, 2);
  now_ += seconds(4);
  EXPECT_FALSE(Find(1));
  EXPECT_EQ(store_->LastFailureLifetime(KeyOf(1), now_), seconds(4));
  now_ += seconds(30);
  EXPECT_EQ(store_->LastFailureLifetime(KeyOf(1), now_), seconds(0));
  EXPECT_FALSE(Find(1));
  EXPECT_EQ(store_->entry_count(), 0u);
  Put(1);
  EXPECT_EQ(store_->LastFailureLifetime(KeyOf(1), now_), seconds(0)) << "no failure";
}

TEST_F(AnswerStoreTest, ExtendedErrorIsKeptUnlessItsTextIsALongOne) {
  Make(1 << 20);
  for (const size_t size : {0, 1, 512, 513, 100'000}) {
    Answer answer;
    answer.rcode = 2;
    answer.has_extended_error = true;
    answer.extended_error = 9;
    const std::string text(size, 'x');
    answer.extended_error_text = text;
    ASSERT_TRUE(store_->Put(KeyOf(1), answer, {}, now_, seconds(1)));
    ASSERT_TRUE(Find(1));
    EXPECT_TRUE(answer_.has_extended_error);
    EXPECT_EQ(answer_.extended_error, 9);
    EXPECT_EQ(answer_.extended_error_text, size <= 512 ? text : "");
  }
  EXPECT_EQ(store_->entry_count(), 1u);
}

TEST_F(AnswerStoreTest, NeverTakesMoreThanItsMemoryWhateverTheSizes) {
  std::mt19937 random(1);
  for (const size_t memory : {0, 500, 1024, 5000, 70'000, 300'000, 4 << 20}) {
    Make(memory);
    EXPECT_LE(store_->bytes(), memory);
    for (int i = 0; i < 6'000; ++i) {
      // Most are small, some as large as a message can be.
      const size_t extra = random() % 20 == 0 ? random() % 65'000 : random() % 500;
      Put(static_cast<int>(random() % 10'000), extra);
      if (random() % 4 == 0) Find(static_cast<int>(random() % 10'000));
      ASSERT_LE(store_->bytes(), memory);
    }
    EXPECT_TRUE(memory < 70'000 || store_->entry_count() > 0);
    EXPECT_TRUE(memory < 300'000 || store_->bytes() > memory / 2) << "nor leaves it idle";
  }
}

TEST_F(AnswerStoreTest, WhatIsTooLargeIsNotStoredAndEvictsNothing) {
  Make(20'000);
  Put(1);
  EXPECT_FALSE(Put(2, 20'000));
  EXPECT_TRUE(Find(1));
  EXPECT_FALSE(Find(2));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(AnswerStoreTest, CountsWhatMallocTakes) {
  Make(8 << 20);
  const size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  const size_t counted_before = store_->bytes();
  for (int i = 0; i < 10'000; ++i) Put(i, static_cast<size_t>(i % 300));
  const size_t taken = mallinfo2().uordblks + mallinfo2().hblkhd - before;
  const size_t counted = store_->bytes() - counted_before;
  EXPECT_NEAR(static_cast<double>(taken), static_cast<double>(counted), 0.02 * static_cast<double>(counted));
}
#endif

TEST_F(AnswerStoreTest, PopularAnswersOutliveAFloodOfNamesThatAreAskedForOnce) {
  Make(1 << 20);
  constexpr int kPopular = 500;
  for (int i = 0; i < kPopular; ++i) Put(i);
  ASSERT_EQ(CountFound(0, kPopular), kPopular);
  for (int i = 0; i < 40'000; ++i) {
    Put(kPopular + i);
    if (i % 1000 == 0) CountFound(0, kPopular);
  }
  EXPECT_GT(store_->statistics().evictions, 30'000u);
  EXPECT_GT(CountFound(0, kPopular), kPopular * 95 / 100);
}

TEST_F(AnswerStoreTest, WhenAllArePopularRoomIsFoundAllTheSame) {
  Make(300'000);
  for (int i = 0; i < 5000; ++i) {
    ASSERT_TRUE(Put(i));
    ASSERT_TRUE(Find(i));
    CountFound(std::max(0, i - 100), i);
  }
  EXPECT_GT(store_->entry_count(), 500u);
}

TEST_F(AnswerStoreTest, ExpiredAnswersGoBeforeThoseThatLive) {
  Make(1 << 20);
  constexpr int kLiving = 1000, kExpired = 2000;
  for (int i = 0; i < kLiving; ++i) Put(i, 100, seconds(1000));
  for (int i = 0; i < kExpired; ++i) {
    Put(kLiving + i, 100, seconds(1));
    Find(kLiving + i);  // popular once
  }
  now_ += seconds(1);
  const size_t count = store_->entry_count();
  for (int i = 0; store_->statistics().evictions == 0 && i < 100'000; ++i)
    Put(kLiving + kExpired + i, 100, seconds(1000));
  EXPECT_GT(store_->entry_count(), count);
  EXPECT_GT(CountFound(0, kLiving), kLiving * 9 / 10);
}

}  // namespace
}  // namespace strata::cache
