// Tests of the octets that connections hold.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_load.h"

#include "gtest/gtest.h"

namespace strata::frontend {

// Stands for the real one, which is known by its address only.
class StreamConnection {
 public:
  StreamLoad::Place place{this};
};

namespace {

TEST(StreamLoadTest, TotalFollows) {
  StreamLoad load;
  StreamConnection a, b;
  EXPECT_EQ(load.Heaviest(), nullptr);
  load.Set(&a.place, 100);
  load.Set(&b.place, 50);
  EXPECT_EQ(load.total(), 150u);
  load.Set(&a.place, 10);
  EXPECT_EQ(load.total(), 60u);
  load.Set(&a.place, 0);
  load.Set(&b.place, 0);
  EXPECT_EQ(load.total(), 0u);
  EXPECT_EQ(load.Heaviest(), nullptr);
}

TEST(StreamLoadTest, HeaviestToAFactorOfTwo) {
  StreamLoad load;
  StreamConnection light, heavy, heavier;
  load.Set(&light.place, 1000);
  load.Set(&heavy.place, 40000);
  EXPECT_EQ(load.Heaviest(), &heavy);
  load.Set(&heavier.place, 100000);
  EXPECT_EQ(load.Heaviest(), &heavier);
  load.Set(&heavier.place, 999);
  EXPECT_EQ(load.Heaviest(), &heavy);
  load.Set(&heavy.place, 0);
  EXPECT_EQ(load.Heaviest(), &light) << "of equals, the first that came to it";
}

}  // namespace
}  // namespace strata::frontend
