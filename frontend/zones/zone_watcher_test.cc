// Tests of the zone watch against a real server that comes, goes and cuts its lists off.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/zones/zone_watcher.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/grpc_server.h"
#include "dns/rr_type.h"
#include "frontend/testing/messages.h"
#include "frontend/testing/unix_address.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using authority::v1::ZonePage;
using testing::WireName;

// Tells each watch the same pages, and then keeps it open or ends it.
class WatchServer : public authority::v1::ZoneWatchService::Service {
 public:
  WatchServer(const std::string& address, std::vector<ZonePage> pages, bool keep_open = true)
      : pages_(std::move(pages)), keep_open_(keep_open) {
    base::GrpcServerOptions options;
    options.address = address;
    options.services = {this};
    auto server = base::GrpcServer::Start(options);
    if (server.ok()) server_ = *std::move(server);
    EXPECT_NE(server_, nullptr);
  }

  grpc::Status WatchZones(grpc::ServerContext* context, const authority::v1::WatchZonesRequest*,
                          grpc::ServerWriter<ZonePage>* stream) override {
    for (const ZonePage& page : pages_) stream->Write(page);
    while (keep_open_ && !context->IsCancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return grpc::Status::OK;
  }

 private:
  const std::vector<ZonePage> pages_;
  const bool keep_open_;
  std::unique_ptr<base::GrpcServer> server_;
};

ZonePage Page(const std::string& zone, bool complete = true) {
  ZonePage page;
  page.set_restart(true);
  page.add_zones()->set_origin(WireName(zone));
  page.set_complete(complete);
  return page;
}

class ZoneWatcherTest : public ::testing::Test {
 protected:
  bool Owned(absl::string_view name) {
    return zones_.Current()->Find(dns::LookupName(WireName(name)), dns::rr_type::kA) != 0;
  }
  template <typename Condition>
  bool WaitFor(Condition done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!done()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }

  const testing::SocketFolder folder_;
  const std::string address_ = folder_.Address("watch");
  PublishedZones zones_;
  ZoneLists lists_{1, &zones_};
};

TEST_F(ZoneWatcherTest, LearnsTheZones) {
  const WatchServer server(address_, {Page("a.", false), Page("b.")});
  const ZoneWatcher watcher(address_, 0, &lists_);
  EXPECT_TRUE(WaitFor([&] { return Owned("b."); }));
  EXPECT_TRUE(zones_.Current()->complete());
}

TEST_F(ZoneWatcherTest, WaitsForAServerThatComesLate) {
  const ZoneWatcher watcher(address_, 0, &lists_);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(zones_.Current()->complete());
  const WatchServer server(address_, {Page("a.")});
  EXPECT_TRUE(WaitFor([&] { return Owned("a."); }));
}

TEST_F(ZoneWatcherTest, ZonesStandWhileTheServerIsAway) {
  auto server = std::make_unique<WatchServer>(address_, std::vector<ZonePage>{Page("a.")});
  const ZoneWatcher watcher(address_, 0, &lists_);
  ASSERT_TRUE(WaitFor([&] { return Owned("a."); }));
  server.reset();
  EXPECT_TRUE(Owned("a."));
  server = std::make_unique<WatchServer>(address_, std::vector<ZonePage>{Page("b.")});
  ASSERT_TRUE(WaitFor([&] { return Owned("b."); }));
  EXPECT_FALSE(Owned("a.")) << "its new list says so";
}

TEST_F(ZoneWatcherTest, ListThatIsCutOffChangesNothing) {
  auto server = std::make_unique<WatchServer>(address_, std::vector<ZonePage>{Page("a.")});
  const ZoneWatcher watcher(address_, 0, &lists_);
  ASSERT_TRUE(WaitFor([&] { return Owned("a."); }));
  server.reset();
  server = std::make_unique<WatchServer>(address_, std::vector<ZonePage>{Page("b.", false)}, /*keep_open=*/false);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_TRUE(Owned("a."));
  EXPECT_FALSE(Owned("b."));
}

TEST_F(ZoneWatcherTest, EndsAtAnyTime) {
  { const ZoneWatcher nobody_there(address_, 0, &lists_); }
  const WatchServer server(address_, {Page("a.")});
  for (int i = 0; i < 20; ++i) {
    const ZoneWatcher watcher(address_, 0, &lists_);
    std::this_thread::sleep_for(std::chrono::milliseconds(i % 5));
  }
}

}  // namespace
}  // namespace strata::frontend
