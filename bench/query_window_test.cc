// Slots, IDs and expiry of queries in flight.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/query_window.h"

#include <set>

#include "gtest/gtest.h"

namespace strata::bench {
namespace {

TEST(QueryWindowTest, HoldsAsManyAsItsSize) {
  QueryWindow window(3);
  std::set<uint16_t> ids;
  for (size_t query = 0; query < 3; ++query) ids.insert(window.Start(query, 0));
  EXPECT_EQ(ids.size(), 3u);
  EXPECT_EQ(window.free_slots(), 0u);
  EXPECT_EQ(window.in_flight(), 3u);
}

TEST(QueryWindowTest, FindsWhatWasStarted) {
  QueryWindow window(2);
  const uint16_t first = window.Start(70, 1000);
  const uint16_t second = window.Start(71, 2000);
  ASSERT_NE(window.Find(second), nullptr);
  EXPECT_EQ(window.Find(second)->query, 71u);
  EXPECT_EQ(window.Find(second)->sent_at, 2000);
  window.Finish(first);
  EXPECT_EQ(window.Find(first), nullptr) << "a second answer to the same query";
  EXPECT_EQ(window.in_flight(), 1u);
}

TEST(QueryWindowTest, UnknownIdsAreNotFound) {
  QueryWindow window(3);
  window.Start(0, 0);
  EXPECT_EQ(window.Find(1), nullptr);
  EXPECT_EQ(window.Find(3), nullptr) << "beyond the last slot";
  EXPECT_EQ(window.Find(0xffff), nullptr);
}

TEST(QueryWindowTest, LateAnswerIsNotTakenForTheNextQuery) {
  QueryWindow window(1);
  const uint16_t late = window.Start(1, 100);
  EXPECT_EQ(window.ExpireSentBefore(100), 0u);
  EXPECT_EQ(window.ExpireSentBefore(101), 1u);
  const uint16_t next = window.Start(2, 200);
  EXPECT_NE(late, next);
  EXPECT_EQ(window.Find(late), nullptr);
  ASSERT_NE(window.Find(next), nullptr);
  EXPECT_EQ(window.Find(next)->query, 2u);
}

TEST(QueryWindowTest, GenerationsWrapAround) {
  QueryWindow window(1000);
  for (size_t query = 0; query < 200'000; ++query) {
    const uint16_t id = window.Start(query, 0);
    ASSERT_NE(window.Find(id), nullptr);
    ASSERT_EQ(window.Find(id)->query, query);
    window.Finish(id);
  }
  EXPECT_EQ(window.in_flight(), 0u);
}

TEST(QueryWindowTest, SizeIsBounded) {
  EXPECT_EQ(QueryWindow(0).free_slots(), 1u);
  EXPECT_EQ(QueryWindow(1 << 20).free_slots(), QueryWindow::kMaxSize);
}

}  // namespace
}  // namespace strata::bench
