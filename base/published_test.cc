// SPDX-License-Identifier: Apache-2.0
#include "base/published.h"

#include <atomic>
#include <memory>
#include <thread>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

TEST(Published, StartsWithADefaultValue) {
  Published<int> published;
  EXPECT_EQ(*published.Current(), 0);
  EXPECT_EQ(Published<int>::View(published).Refresh(), 0);
}

TEST(Published, AViewSeesTheNewValueAtItsNextRefreshOnly) {
  Published<int> published;
  Published<int>::View view(published);
  published.Publish(std::make_shared<const int>(7));
  EXPECT_EQ(*view, 0);
  EXPECT_EQ(view.Refresh(), 7);
  EXPECT_EQ(*view, 7);
}

TEST(Published, AValueLivesAsLongAsAViewHoldsIt) {
  Published<int> published;
  auto value = std::make_shared<const int>(7);
  const std::weak_ptr<const int> watched = value;
  published.Publish(std::move(value));
  Published<int>::View view(published);
  published.Publish(std::make_shared<const int>(8));
  EXPECT_FALSE(watched.expired());
  view.Refresh();
  EXPECT_TRUE(watched.expired());
}

// For ThreadSanitizer, and for order: a reader never goes back to an older value.
TEST(Published, ReadersAndAWriterAtOnce) {
  Published<int> published;
  std::atomic<bool> stop{false};
  std::thread reader([&] {
    Published<int>::View view(published);
    int last = 0;
    while (!stop) {
      const int now = view.Refresh();
      ASSERT_GE(now, last);
      last = now;
    }
  });
  for (int i = 1; i <= 2000; ++i) published.Publish(std::make_shared<const int>(i));
  stop = true;
  reader.join();
}

}  // namespace
}  // namespace strata::base
