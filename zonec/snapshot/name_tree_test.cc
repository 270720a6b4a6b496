// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/name_tree.h"

#include <random>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

std::string Wire(absl::string_view text) { return std::string(dns::Name::FromText(text)->wire()); }

std::string Text(const NameTree& tree, NameTree::Id id) {
  return id == kNone ? "none" : dns::WireNameToText(tree.name(id));
}

TEST(NameTreeTest, HoldsTheRootAtFirst) {
  const NameTree tree;
  EXPECT_EQ(tree.size(), 1u);
  EXPECT_EQ(Text(tree, 0), ".");
  EXPECT_EQ(tree.parent(0), kNone);
  EXPECT_EQ(tree.Find(Wire(".")), 0u);
  EXPECT_EQ(tree.FindEncloser(Wire("a.b.")), 0u);
}

TEST(NameTreeTest, AddsWhatLiesAboveANameToo) {
  NameTree tree;
  const NameTree::Id name = tree.Add(Wire("WWW.Example.test."));
  EXPECT_EQ(tree.size(), 4u);
  EXPECT_EQ(Text(tree, name), "www.example.test.");
  EXPECT_EQ(Text(tree, tree.parent(name)), "example.test.");
  EXPECT_EQ(Text(tree, tree.parent(tree.parent(name))), "test.");
  EXPECT_EQ(tree.Add(Wire("www.EXAMPLE.test.")), name);
  EXPECT_EQ(tree.Add(Wire("example.test.")), tree.parent(name));
  EXPECT_EQ(tree.parent(tree.Add(Wire("mail.example.test."))), tree.parent(name));
  EXPECT_EQ(tree.size(), 5u);
}

TEST(NameTreeTest, FindsNamesAndWhatEnclosesThem) {
  NameTree tree;
  tree.Add(Wire("a.b.test."));
  EXPECT_EQ(Text(tree, tree.Find(Wire("A.b.test."))), "a.b.test.");
  EXPECT_EQ(Text(tree, tree.Find(Wire("b.test."))), "b.test.");
  EXPECT_EQ(Text(tree, tree.Find(Wire("x.b.test."))), "none");
  EXPECT_EQ(Text(tree, tree.FindEncloser(Wire("x.y.b.test."))), "b.test.");
  EXPECT_EQ(Text(tree, tree.FindEncloser(Wire("a.b.test."))), "a.b.test.");
  EXPECT_EQ(Text(tree, tree.FindEncloser(Wire("b.tests."))), ".");
}

TEST(NameTreeTest, ManyNamesStayApart) {
  NameTree tree;
  std::mt19937 random(7);
  std::set<std::string> added;
  for (int i = 0; i < 20000; ++i) {
    const std::string name = absl::StrCat("n", random() % 5000, ".z", random() % 10, ".test.");
    const NameTree::Id id = tree.Add(Wire(name));
    ASSERT_EQ(Text(tree, id), name);
    ASSERT_EQ(tree.hash(id), dns::LookupName(Wire(name)).Hash());
    added.insert(name);
  }
  EXPECT_EQ(tree.size(), added.size() + 10 + 1 + 1);
  for (const std::string& name : added) ASSERT_EQ(Text(tree, tree.Find(Wire(name))), name);
}

}  // namespace
}  // namespace strata::snapshot
