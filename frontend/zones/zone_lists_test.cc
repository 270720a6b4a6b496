// Tests of how the replicas' zone lists become the one that queries are routed by.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/zones/zone_lists.h"

#include <string>
#include <thread>
#include <vector>

#include "dns/rr_type.h"
#include "frontend/testing/messages.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using authority::v1::ZonePage;
using testing::WireName;

struct PageSpec {
  bool restart = false;
  std::vector<std::string> zones = {};
  std::vector<std::string> removed = {};
  bool complete = true;
};

ZonePage Page(const PageSpec& spec) {
  ZonePage page;
  page.set_restart(spec.restart);
  for (const std::string& zone : spec.zones) page.add_zones()->set_origin(WireName(zone));
  for (const std::string& zone : spec.removed) page.add_removed(WireName(zone));
  page.set_complete(spec.complete);
  return page;
}

class ZoneListsTest : public ::testing::Test {
 protected:
  ReplicaSet Owners(absl::string_view name) {
    return zones_.Current()->Find(dns::LookupName(WireName(name)), dns::rr_type::kA);
  }
  bool complete() { return zones_.Current()->complete(); }

  PublishedZones zones_;
  ZoneLists lists_{2, &zones_};
};

TEST_F(ZoneListsTest, PagesCountWhenTheListIsComplete) {
  lists_.OnStreamStart(0);
  lists_.OnPage(0, Page({.restart = true, .zones = {"a."}, .complete = false}));
  EXPECT_EQ(Owners("a."), 0u);
  EXPECT_FALSE(complete());
  lists_.OnPage(0, Page({.zones = {"b."}, .complete = false}));
  lists_.OnPage(0, Page({.complete = true}));
  EXPECT_EQ(Owners("a."), 1u);
  EXPECT_EQ(Owners("b."), 1u);
  EXPECT_TRUE(complete());
}

TEST_F(ZoneListsTest, EmptyListIsComplete) {
  lists_.OnStreamStart(0);
  lists_.OnPage(0, Page({.restart = true}));
  EXPECT_TRUE(complete());
}

TEST_F(ZoneListsTest, ChangesFollowTheFirstList) {
  lists_.OnPage(0, Page({.restart = true, .zones = {"a.", "b."}}));
  lists_.OnPage(0, Page({.zones = {"c."}, .removed = {"a."}}));
  EXPECT_EQ(Owners("a."), 0u);
  EXPECT_EQ(Owners("b."), 1u);
  EXPECT_EQ(Owners("c."), 1u);
}

TEST_F(ZoneListsTest, LastWordOfAListCounts) {
  lists_.OnPage(0, Page({.restart = true, .zones = {"a.", "b."}}));
  lists_.OnPage(0, Page({.removed = {"a."}, .complete = false}));
  lists_.OnPage(0, Page({.zones = {"a.", "c."}, .complete = false}));
  lists_.OnPage(0, Page({.removed = {"c."}}));
  EXPECT_EQ(Owners("a."), 1u);
  EXPECT_EQ(Owners("c."), 0u);
}

TEST_F(ZoneListsTest, RestartReplacesTheList) {
  lists_.OnPage(0, Page({.restart = true, .zones = {"a.", "b."}}));
  lists_.OnPage(0, Page({.restart = true, .zones = {"b."}, .complete = false}));
  EXPECT_EQ(Owners("a."), 1u) << "not before the new list is whole";
  lists_.OnPage(0, Page({.zones = {"c."}}));
  EXPECT_EQ(Owners("a."), 0u);
  EXPECT_EQ(Owners("b."), 1u);
  EXPECT_EQ(Owners("c."), 1u);
}

TEST_F(ZoneListsTest, BrokenStreamWithdrawsNothing) {
  lists_.OnPage(0, Page({.restart = true, .zones = {"a."}}));
  lists_.OnStreamStart(0);
  EXPECT_EQ(Owners("a."), 1u);
  lists_.OnPage(0, Page({.restart = true, .zones = {"b."}, .complete = false}));
  lists_.OnStreamStart(0);
  EXPECT_EQ(Owners("a."), 1u);
  // What the cut-off stream said is forgotten, its restart too.
  lists_.OnPage(0, Page({.zones = {"c."}}));
  EXPECT_EQ(Owners("a."), 1u);
  EXPECT_EQ(Owners("b."), 0u);
  EXPECT_EQ(Owners("c."), 1u);
}

TEST_F(ZoneListsTest, UnionOfTheReplicas) {
  lists_.OnPage(0, Page({.restart = true, .zones = {"a.", "both."}}));
  lists_.OnPage(1, Page({.restart = true, .zones = {"b.", "both."}}));
  EXPECT_EQ(Owners("a."), 1u);
  EXPECT_EQ(Owners("b."), 2u);
  EXPECT_EQ(Owners("both."), 3u);
}

TEST_F(ZoneListsTest, OnlyTheLastWithdraws) {
  lists_.OnPage(0, Page({.restart = true, .zones = {"a."}}));
  lists_.OnPage(1, Page({.restart = true, .zones = {"a."}}));
  lists_.OnPage(0, Page({.removed = {"a."}}));
  EXPECT_EQ(Owners("a."), 2u);
  lists_.OnPage(1, Page({.removed = {"a."}}));
  EXPECT_EQ(Owners("a."), 0u);
}

TEST_F(ZoneListsTest, OneReplicaCompletesTheGroup) {
  lists_.OnPage(1, Page({.restart = true, .zones = {"a."}}));
  EXPECT_TRUE(complete());
  // Another one that is half done takes nothing back.
  lists_.OnStreamStart(0);
  lists_.OnPage(0, Page({.restart = true, .zones = {"b."}, .complete = false}));
  EXPECT_TRUE(complete());
}

TEST_F(ZoneListsTest, WhatIsNoNameIsPassedOver) {
  ZonePage page = Page({.restart = true, .zones = {"a."}});
  for (const std::string& bad : {std::string(), std::string("\5abc", 4), std::string("\1x\0x", 4),
                                 std::string("\xc0\x00", 2), std::string(300, '\x01')}) {
    page.add_zones()->set_origin(bad);
    page.add_removed(bad);
  }
  lists_.OnPage(0, page);
  EXPECT_EQ(Owners("a."), 1u);
  EXPECT_EQ(zones_.Current()->zone_count(), 1u);
}

TEST_F(ZoneListsTest, CaseDoesNotMatter) {
  lists_.OnPage(0, Page({.restart = true, .zones = {"A.Test."}}));
  EXPECT_EQ(Owners("a.test."), 1u);
  lists_.OnPage(0, Page({.removed = {"a.tEST."}}));
  EXPECT_EQ(Owners("a.test."), 0u);
}

TEST_F(ZoneListsTest, ReplicasTellAtTheSameTime) {
  std::vector<std::thread> threads;
  for (int replica = 0; replica < 2; ++replica) {
    threads.emplace_back([this, replica] {
      for (int i = 0; i < 200; ++i) {
        lists_.OnStreamStart(replica);
        lists_.OnPage(replica, Page({.restart = true, .zones = {"a.", i % 2 == 0 ? "even." : "odd."}}));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Owners("a."), 3u);
  EXPECT_EQ(Owners("odd."), 3u);
  EXPECT_EQ(Owners("even."), 0u);
}

}  // namespace
}  // namespace strata::frontend
