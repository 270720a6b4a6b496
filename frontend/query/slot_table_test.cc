// Tests of the table of numbered entries.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/slot_table.h"

#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Numbered {
  uint32_t id = 0;
};
using Table = SlotTable<Numbered>;

std::vector<uint32_t> Ids(Table* table) {
  std::vector<uint32_t> ids;
  table->Visit([&](Numbered* query) { ids.push_back(query->id); });
  return ids;
}

TEST(SlotTableTest, HoldsWhatItSaysAndNoMore) {
  Table table(2);
  Numbered* first = table.Add();
  ASSERT_NE(first, nullptr);
  Numbered* second = table.Add();
  ASSERT_NE(second, nullptr);
  EXPECT_NE(first->id, second->id);
  EXPECT_EQ(table.Add(), nullptr);
  EXPECT_EQ(table.size(), 2u);
  EXPECT_EQ(table.Find(first->id), first);
  EXPECT_EQ(table.Find(second->id), second);
  table.Remove(first);
  EXPECT_NE(table.Add(), nullptr);
}

TEST(SlotTableTest, CapacityIsCappedByTheId) {
  Table table(1 << 20);
  size_t count = 0;
  while (table.Add() != nullptr) ++count;
  EXPECT_EQ(count, 65535u);
}

TEST(SlotTableTest, IdsOfTheGoneFindNothing) {
  Table table(1);
  std::set<uint32_t> seen;
  for (int i = 0; i < 1000; ++i) {
    Numbered* query = table.Add();
    const uint32_t id = query->id;
    EXPECT_TRUE(seen.insert(id).second) << "used before";
    table.Remove(query);
    EXPECT_EQ(table.Find(id), nullptr);
    EXPECT_EQ(table.Find(id + 0x10000), nullptr) << "the id of the slot's next use";
  }
  Numbered* query = table.Add();
  for (const uint32_t id : seen) EXPECT_EQ(table.Find(id), nullptr);
  EXPECT_EQ(table.Find(query->id), query);
}

TEST(SlotTableTest, WhatIsRenewedIsFoundByItsNewIdOnly) {
  Table table(3);
  Numbered* item = table.Add();
  const uint32_t before = item->id;
  table.Renew(item);
  EXPECT_EQ(table.Find(before), nullptr);
  EXPECT_EQ(table.Find(item->id), item);
  EXPECT_EQ(table.size(), 1u);
  table.Remove(item);
  EXPECT_EQ(table.Find(before), nullptr);
  EXPECT_EQ(table.size(), 0u);
}

TEST(SlotTableTest, AnyIdMayBeAskedFor) {
  Table table(3);
  table.Add();
  for (const uint32_t id : {0u, 4u, 0x10000u, 0xffffu, 0xffffffffu}) EXPECT_EQ(table.Find(id), nullptr) << id;
}

TEST(SlotTableTest, VisitsFromTheOldestOn) {
  Table table(4);
  Numbered* a = table.Add();
  Numbered* b = table.Add();
  Numbered* c = table.Add();
  table.Remove(b);
  Numbered* d = table.Add();
  EXPECT_THAT(Ids(&table), ElementsAre(a->id, c->id, d->id));
}

// One that adds, as a retry does, neither ends the walk nor makes it endless.
TEST(SlotTableTest, VisitorMayAddAndRemoveWhatItAdded) {
  Table table(10);
  for (int i = 0; i < 3; ++i) table.Add();
  int visits = 0;
  table.Visit([&](Numbered* visited) {
    ++visits;
    table.Remove(visited);
    Numbered* added = table.Add();
    if (visits == 2) table.Remove(added);
  });
  EXPECT_EQ(visits, 3);
  EXPECT_EQ(table.size(), 2u);
}

TEST(SlotTableTest, VisitorMayRemoveWhatItVisits) {
  Table table(5);
  for (int i = 0; i < 5; ++i) table.Add();
  table.Visit([&](Numbered* query) { table.Remove(query); });
  EXPECT_EQ(table.size(), 0u);
  EXPECT_THAT(Ids(&table), IsEmpty());
  for (int i = 0; i < 5; ++i) EXPECT_NE(table.Add(), nullptr);
}

// Against a plain model.
TEST(SlotTableTest, RandomUse) {
  std::mt19937 random(1);
  Table table(50);
  std::vector<uint32_t> model;  // oldest first
  for (int step = 0; step < 20000; ++step) {
    if (random() % 2 == 0) {
      Numbered* query = table.Add();
      ASSERT_EQ(query == nullptr, model.size() == 50);
      if (query != nullptr) model.push_back(query->id);
    } else if (!model.empty()) {
      const size_t at = random() % model.size();
      Numbered* query = table.Find(model[at]);
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
