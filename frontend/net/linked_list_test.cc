// Tests of lists whose objects carry their links.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/linked_list.h"

#include <memory>

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

struct Item {
  ListLink<Item> link{this};
};

TEST(LinkedListTest, FirstInFirstOut) {
  LinkedList<Item> list;
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list.front(), nullptr);
  Item a, b;
  list.PushBack(&a.link);
  list.PushBack(&b.link);
  EXPECT_EQ(list.front(), &a);
  list.PushBack(&a.link);  // moves to the end
  EXPECT_EQ(list.front(), &b);
  b.link.Unlink();
  EXPECT_FALSE(b.link.linked());
  EXPECT_EQ(list.front(), &a);
  a.link.Unlink();
  a.link.Unlink();
  EXPECT_TRUE(list.empty());
}

TEST(LinkedListTest, JoiningOneListLeavesTheOther) {
  LinkedList<Item> one, other;
  Item item;
  one.PushBack(&item.link);
  other.PushBack(&item.link);
  EXPECT_TRUE(one.empty());
  EXPECT_EQ(other.front(), &item);
}

TEST(LinkedListTest, WhatIsDestroyedLeaves) {
  LinkedList<Item> list;
  Item last;
  {
    Item first;
    list.PushBack(&first.link);
    list.PushBack(&last.link);
  }
  EXPECT_EQ(list.front(), &last);
  auto short_lived = std::make_unique<LinkedList<Item>>();
  short_lived->PushBack(&last.link);
  short_lived.reset();
  EXPECT_FALSE(last.link.linked());
}

}  // namespace
}  // namespace strata::frontend
