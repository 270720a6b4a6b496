// Tests of a worker's remote backends as a whole, above all of their end.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/remote_backends.h"

#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "frontend/testing/event_record.h"
#include "frontend/testing/messages.h"
#include "frontend/testing/resolve_server.h"
#include "frontend/testing/unix_address.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::EventRecord;
using testing::ResolveServer;
using ::testing::SizeIs;
using testing::WireName;

class RemoteBackendsTest : public ::testing::Test {
 protected:
  void Make(const std::vector<std::string>& targets) {
    backends_ = std::make_unique<RemoteBackends>(RemoteAddresses{targets, {}, {}}, 0, &loop_,
                                                 WorkerEvents{&record_, nullptr, nullptr});
  }
  template <typename Condition>
  bool WaitFor(Condition done) {
    const absl::Time deadline = absl::Now() + absl::Seconds(60);
    while (!done()) {
      if (absl::Now() > deadline) return false;
      backends_->RunOnce(absl::Milliseconds(10));
      for (Backend* replica : backends_->replicas()) replica->Flush();
      backends_->OnTick();
    }
    return true;
  }

  std::string Socket(const std::string& name) { return folder_.Address(name); }

  const testing::SocketFolder folder_;
  base::EventLoop loop_;
  EventRecord record_;
  std::unique_ptr<RemoteBackends> backends_;
};

TEST_F(RemoteBackendsTest, OneReplicaForEachTarget) {
  ResolveServer one(Socket("one")), two(Socket("two"));
  ASSERT_TRUE(one.ok() && two.ok());
  Make({Socket("one"), Socket("two")});
  ASSERT_THAT(backends_->replicas(), SizeIs(2));
  ASSERT_TRUE(WaitFor([&] { return record_.ups == 2; }));
  const dns::LookupName name(WireName("a.test."));
  for (int i = 0; i < 2; ++i) {
    BackendQuery query;
    query.id = static_cast<uint32_t>(i);
    query.name = &name;
    backends_->replicas()[i]->Submit(query);
    backends_->replicas()[i]->Flush();
  }
  ASSERT_TRUE(WaitFor([&] { return record_.answers.size() == 2; }));
  ASSERT_THAT(one.queries(), SizeIs(1));
  EXPECT_EQ(one.queries()[0].id(), 0u);
  ASSERT_THAT(two.queries(), SizeIs(1));
  EXPECT_EQ(two.queries()[0].id(), 1u);
}

TEST_F(RemoteBackendsTest, OneThatIsAwayDoesNotHoldUpTheOther) {
  ResolveServer one(Socket("here"));
  Make({Socket("away"), Socket("here")});
  ASSERT_TRUE(WaitFor([&] { return record_.ups == 1; }));
  EXPECT_FALSE(backends_->replicas()[0]->up());
  EXPECT_TRUE(backends_->replicas()[1]->up());
}

// In whatever state the streams are: connecting, waiting to try again, up, with queries under way.
TEST_F(RemoteBackendsTest, EndAtAnyTime) {
  ResolveServer server(Socket("ends"));
  server.Hold(true);
  const dns::LookupName name(WireName("a.test."));
  for (int round = 0; round < 100; ++round) {
    const int ups = record_.ups;
    Make({Socket(round % 2 == 0 ? "ends" : "nobody")});
    if (round % 4 == 0) {
      ASSERT_TRUE(WaitFor([&] { return record_.ups > ups; }));
      BackendQuery query;
      query.name = &name;
      backends_->replicas()[0]->Submit(query);
      backends_->replicas()[0]->Flush();
    }
    absl::SleepFor(absl::Microseconds(round % 10 * 100));
    backends_.reset();
  }
}

}  // namespace
}  // namespace strata::frontend
