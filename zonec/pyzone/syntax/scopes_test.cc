// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/syntax/scopes.h"

#include <cstddef>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec::pyzone {
namespace {

constexpr NameId kA = 1, kB = 2;

TEST(Scopes, WhatIsAssignedLaterIsLocal) {
  Scopes scopes;
  scopes.Open();
  NameExpr used({}, kA), other({}, kB);
  scopes.Use(&used);
  scopes.Use(&other);
  scopes.Declare(kA);
  EXPECT_EQ(scopes.Close().names, std::vector<NameId>{kA});
  EXPECT_EQ(used.hops, 0u);
  EXPECT_EQ(used.slot, 0u);
  EXPECT_EQ(other.hops, NameExpr::kGlobal);
}

TEST(Scopes, TheFileHasNoSlots) {
  Scopes scopes;
  NameExpr used({}, kA);
  scopes.Declare(kA);
  scopes.Use(&used);
  scopes.Settle();
  EXPECT_EQ(used.hops, NameExpr::kGlobal);
  EXPECT_EQ(scopes.Mark(), 0u);
}

TEST(Scopes, InnerScopesSeeOuterOnes) {
  Scopes scopes;
  scopes.Open();
  scopes.Declare(kB);
  scopes.Declare(kA);
  scopes.Declare(kA);
  scopes.Open();
  NameExpr used({}, kA);
  scopes.Use(&used);
  scopes.Close();
  scopes.Close();
  EXPECT_EQ(used.hops, 1u);
  EXPECT_EQ(used.slot, 1u);
}

TEST(Scopes, AComprehensionTakesWhatWasParsedBefore) {
  Scopes scopes;
  scopes.Open();
  scopes.Declare(kA);
  NameExpr before({}, kA), element({}, kA), forgotten({}, kA);
  scopes.Use(&before);
  const size_t mark = scopes.Mark();
  scopes.Use(&element);
  scopes.OpenFrom(mark);
  scopes.Declare(kB);
  scopes.Declare(kA);
  scopes.Close();
  const size_t second = scopes.Mark();
  scopes.Use(&forgotten);
  scopes.Forget(second);
  scopes.Close();
  EXPECT_EQ(before.slot, 0u);
  EXPECT_EQ(element.hops, 0u);
  EXPECT_EQ(element.slot, 1u);
  EXPECT_EQ(forgotten.hops, NameExpr::kGlobal);
}

}  // namespace
}  // namespace strata::zonec::pyzone
