// The service over a connection.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_watch_service.h"

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "authority/testing/test_zone.h"
#include "base/grpc_server.h"
#include "dns/name.h"
#include "dns/testing/matchers.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

class ZoneWatchServiceTest : public ::testing::Test {
 protected:
  using Zones = std::vector<std::shared_ptr<const Zone>>;
  using Reader = grpc::ClientReader<v1::ZonePage>;

  void SetUp() override {
    base::GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.services = {&service_};
    auto server = base::GrpcServer::Start(options);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    stub_ = v1::ZoneWatchService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  void TearDown() override {
    service_.Close();
    server_->Drain(absl::ZeroDuration());
  }

  std::unique_ptr<Reader> Watch(grpc::ClientContext* context) { return stub_->WatchZones(context, {}); }

  void Serve(Zones zones) {
    catalog_.Publish(std::make_shared<const ZoneCatalog>(std::move(zones)));
    service_.Announce();
  }

  // One page: "restart +example.(serial) -other. complete", or "end".
  static std::string Next(Reader* reader) {
    v1::ZonePage page;
    if (!reader->Read(&page)) return "end";
    std::string text = page.restart() ? "restart" : "change";
    for (const auto& zone : page.zones()) {
      absl::StrAppend(&text, " +", dns::WireNameToText(zone.origin()), "(", zone.serial(), ")");
    }
    for (const auto& origin : page.removed()) absl::StrAppend(&text, " -", dns::WireNameToText(origin));
    return absl::StrCat(text, page.complete() ? " complete" : "");
  }

  PublishedCatalog catalog_;
  ZoneWatchService service_{catalog_};
  std::unique_ptr<base::GrpcServer> server_;
  std::unique_ptr<v1::ZoneWatchService::Stub> stub_;
};

TEST_F(ZoneWatchServiceTest, FirstListThenChanges) {
  Serve({MakeZone("a.", ""), MakeZone("b.", "")});
  grpc::ClientContext context;
  const auto watch = Watch(&context);
  EXPECT_EQ(Next(watch.get()), "restart +a.(1) +b.(1) complete");
  Serve({MakeZone("a.", ""), MakeZone("b.", "@ SOA ns h 2 1 1 1 1")});
  EXPECT_EQ(Next(watch.get()), "change +b.(2) complete");
  service_.Announce();  // nothing changed, nothing is said
  Serve({MakeZone("b.", "@ SOA ns h 2 1 1 1 1"), MakeZone("c.", "")});
  EXPECT_EQ(Next(watch.get()), "change +c.(1) -a. complete");
}

TEST_F(ZoneWatchServiceTest, NoZonesIsAListToo) {
  grpc::ClientContext context;
  EXPECT_EQ(Next(Watch(&context).get()), "restart complete");
  context.TryCancel();
}

TEST_F(ZoneWatchServiceTest, ManyZonesComeInPages) {
  Zones zones;
  for (int i = 0; i < 1200; ++i) zones.push_back(MakeZone(absl::StrCat("z", i, "."), ""));
  Serve(zones);
  grpc::ClientContext context;
  const auto watch = Watch(&context);
  int count = 0;
  v1::ZonePage page;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(watch->Read(&page));
    EXPECT_EQ(page.restart(), i == 0);
    EXPECT_EQ(page.complete(), i == 2);
    count += page.zones_size();
  }
  EXPECT_EQ(count, 1200);
}

TEST_F(ZoneWatchServiceTest, EveryClientIsTold) {
  grpc::ClientContext contexts[5];
  std::vector<std::unique_ptr<Reader>> watches;
  for (auto& context : contexts) watches.push_back(Watch(&context));
  for (auto& watch : watches) EXPECT_EQ(Next(watch.get()), "restart complete");
  contexts[0].TryCancel();
  EXPECT_EQ(Next(watches[0].get()), "end");
  Serve({MakeZone("a.", "")});
  for (int i = 1; i < 5; ++i) EXPECT_EQ(Next(watches[i].get()), "change +a.(1) complete");
}

// One that does not read is told where things stand when it does, not each step on the way.
TEST_F(ZoneWatchServiceTest, ASlowClientGetsTheSumOfTheChanges) {
  grpc::ClientContext context;
  const auto watch = Watch(&context);
  EXPECT_EQ(Next(watch.get()), "restart complete");
  for (int serial = 1; serial <= 50; ++serial) {
    Serve({MakeZone("a.", absl::StrCat("@ SOA ns h ", serial, " 1 1 1 1"))});
  }
  std::string last;
  for (int pages = 0; pages < 50 && last != "change +a.(50) complete"; ++pages) last = Next(watch.get());
  EXPECT_EQ(last, "change +a.(50) complete");
}

TEST_F(ZoneWatchServiceTest, CloseEndsWatchesAndRefusesNewOnes) {
  grpc::ClientContext context, late;
  const auto watch = Watch(&context);
  EXPECT_EQ(Next(watch.get()), "restart complete");
  service_.Close();
  EXPECT_EQ(Next(watch.get()), "end");
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  const auto refused = Watch(&late);
  EXPECT_EQ(Next(refused.get()), "end");
  EXPECT_EQ(refused->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  service_.Close();
}

}  // namespace
}  // namespace strata::authority
