// Tests of the table of queries that wait.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/pending_queries.h"

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<uint32_t> Ids(PendingQueries* table) {
  std::vector<uint32_t> ids;
  table->Visit([&](PendingQuery* query) {
    ids.push_back(query->id);
    return true;
  });
  return ids;
}

TEST(PendingQueriesTest, HoldsWhatItSaysAndNoMore) {
  PendingQueries table(2);
  PendingQuery* first = table.Add();
  ASSERT_NE(first, nullptr);
  PendingQuery* second = table.Add();
  ASSERT_NE(second, nullptr);
  EXPECT_NE(first->id, second->id);
  EXPECT_EQ(table.Add(), nullptr);
  EXPECT_EQ(table.size(), 2u);
  EXPECT_EQ(table.Find(first->id), first);
  EXPECT_EQ(table.Find(second->id), second);
  table.Remove(first);
  EXPECT_NE(table.Add(), nullptr);
}

TEST(PendingQueriesTest, CapacityIsCappedByTheId) {
  PendingQueries table(1 << 20);
  size_t count = 0;
  while (table.Add() != nullptr) ++count;
  EXPECT_EQ(count, 65535u);
}

TEST(PendingQueriesTest, IdsOfTheGoneFindNothing) {
  PendingQueries table(1);
  std::set<uint32_t> seen;
  for (int i = 0; i < 1000; ++i) {
    PendingQuery* query = table.Add();
    const uint32_t id = query->id;
    EXPECT_TRUE(seen.insert(id).second) << "used before";
    table.Remove(query);
    EXPECT_EQ(table.Find(id), nullptr);
    EXPECT_EQ(table.Find(id + 0x10000), nullptr) << "the id of the slot's next use";
  }
  PendingQuery* query = table.Add();
  for (const uint32_t id : seen) EXPECT_EQ(table.Find(id), nullptr);
  EXPECT_EQ(table.Find(query->id), query);
}

TEST(PendingQueriesTest, AnyIdMayBeAskedFor) {
  PendingQueries table(3);
  table.Add();
  for (const uint32_t id : {0u, 4u, 0x10000u, 0xffffu, 0xffffffffu}) EXPECT_EQ(table.Find(id), nullptr) << id;
}

TEST(PendingQueriesTest, VisitsFromTheOldestOn) {
  PendingQueries table(4);
  PendingQuery* a = table.Add();
  PendingQuery* b = table.Add();
  PendingQuery* c = table.Add();
  table.Remove(b);
  PendingQuery* d = table.Add();
  EXPECT_THAT(Ids(&table), ElementsAre(a->id, c->id, d->id));
  int visits = 0;
  table.Visit([&](PendingQuery*) {
    ++visits;
    return false;
  });
  EXPECT_EQ(visits, 1);
}

TEST(PendingQueriesTest, VisitorMayRemoveWhatItVisits) {
  PendingQueries table(5);
  for (int i = 0; i < 5; ++i) table.Add();
  table.Visit([&](PendingQuery* query) {
    table.Remove(query);
    return true;
  });
  EXPECT_EQ(table.size(), 0u);
  EXPECT_THAT(Ids(&table), IsEmpty());
  for (int i = 0; i < 5; ++i) EXPECT_NE(table.Add(), nullptr);
}

// Against a plain model.
TEST(PendingQueriesTest, RandomUse) {
  std::mt19937 random(1);
  PendingQueries table(50);
  std::vector<uint32_t> model;  // oldest first
  for (int step = 0; step < 20000; ++step) {
    if (random() % 2 == 0) {
      PendingQuery* query = table.Add();
      ASSERT_EQ(query == nullptr, model.size() == 50);
      if (query != nullptr) model.push_back(query->id);
    } else if (!model.empty()) {
      const size_t at = random() % model.size();
      PendingQuery* query = table.Find(model[at]);
      ASSERT_NE(query, nullptr);
      table.Remove(query);
      model.erase(model.begin() + static_cast<ptrdiff_t>(at));
    }
    ASSERT_EQ(table.size(), model.size());
    if (step % 100 == 0) {
      ASSERT_EQ(Ids(&table), model);
    }
  }
}

}  // namespace
}  // namespace strata::frontend
