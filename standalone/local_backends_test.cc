// Tests of what a worker of the all-in-one server has.
//
// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_backends.h"

#include "base/testing/fake_clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/testing/fake_resolver.h"

namespace strata::standalone {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class NoEvents : public frontend::BackendEvents, public frontend::CacheMemberEvents {
 public:
  frontend::WorkerEvents all() { return {this, this, this}; }
  void OnAnswer(frontend::Backend*, const frontend::BackendAnswer&) override {}
  void OnAlive(frontend::Backend*) override {}
  void OnUp(frontend::Backend*) override {}
  void OnServing(frontend::Backend*, bool) override {}
  void OnDown(frontend::Backend*) override {}
  void OnReply(frontend::CacheMember*, const frontend::CacheReply&) override {}
  void OnAlive(frontend::CacheMember*) override {}
  void OnUp(frontend::CacheMember*) override {}
  void OnServing(frontend::CacheMember*, bool) override {}
  void OnDown(frontend::CacheMember*) override {}
};

TEST(LocalBackendsTest, AuthorityAlone) {
  const authority::PublishedCatalog catalog;
  base::EventLoop loop;
  NoEvents events;
  LocalBackends backends({&catalog, nullptr, nullptr}, &loop, events.all());
  ASSERT_THAT(backends.replicas(), SizeIs(1));
  EXPECT_TRUE(backends.replicas()[0]->up());
  EXPECT_THAT(backends.members(), IsEmpty());
  EXPECT_THAT(backends.recursors(), IsEmpty());
  backends.RunOnce(absl::ZeroDuration());
}

TEST(LocalBackendsTest, WithCacheAndRecursor) {
  const authority::PublishedCatalog catalog;
  const base::testing::FakeClock clock;
  cache::AnswerCache cache({}, clock);
  recursor::testing::FakeResolver resolver;
  base::EventLoop loop;
  NoEvents events;
  LocalBackends backends({&catalog, &cache, &resolver}, &loop, events.all());
  ASSERT_THAT(backends.members(), SizeIs(1));
  EXPECT_TRUE(backends.members()[0].member->up());
  ASSERT_THAT(backends.recursors(), SizeIs(1));
  EXPECT_TRUE(backends.recursors()[0].recursor->up());
  backends.RunOnce(absl::ZeroDuration());
}

}  // namespace
}  // namespace strata::standalone
