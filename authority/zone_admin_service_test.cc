// The service over a connection.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_admin_service.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "authority/testing/temp_directory.h"
#include "authority/testing/test_zone.h"
#include "base/grpc_server.h"
#include "dns/name.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;

std::string Wire(absl::string_view name) { return std::string(dns::Name::FromText(name)->wire()); }

std::string Snapshot(absl::string_view origin, int last) {
  return SnapshotText(origin, absl::StrCat("www A 192.0.2.", last));
}

class ZoneAdminServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = SnapshotStore::Open({snapshots_.path(), state_ / "copies"}, &catalog_);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
    service_ = std::make_unique<ZoneAdminService>(store_.get(), [this] { ++announced_; });
    base::GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.services = {service_.get()};
    auto server = base::GrpcServer::Start(options);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    stub_ = v1::ZoneAdminService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  // In pieces of `piece` octets.
  grpc::Status Push(const std::string& octets, const std::string& origin = "", size_t piece = 100) {
    grpc::ClientContext context;
    response_.Clear();
    const auto stream = stub_->PushSnapshot(&context, &response_);
    v1::PushSnapshotRequest request;
    request.set_expected_origin(origin);
    for (size_t at = 0; at < octets.size(); at += piece) {
      request.set_octets(octets.substr(at, piece));
      if (!stream->Write(request)) break;
      request.clear_expected_origin();
    }
    stream->WritesDone();
    return stream->Finish();
  }

  // "example.: 1 [2] ..." by serial, the active one in brackets; or the error.
  std::string List(const std::string& origin = "") {
    grpc::ClientContext context;
    v1::ListZonesRequest request;
    request.set_origin(origin);
    const auto stream = stub_->ListZones(&context, request);
    std::string text;
    for (v1::ListZonesPage page; stream->Read(&page);) {
      for (const v1::ZoneState& zone : page.zones()) absl::StrAppend(&text, Text(zone), "\n");
    }
    const grpc::Status status = stream->Finish();
    return status.ok() ? text : status.error_message();
  }

  static std::string Text(const v1::ZoneState& zone) {
    std::string text = absl::StrCat(dns::WireNameToText(zone.origin()), ":");
    for (int i = 0; i < zone.versions_size(); ++i) {
      const std::string version = absl::StrCat(zone.versions(i).records(), "/", zone.versions(i).size_bytes());
      absl::StrAppend(&text, " ",
                      static_cast<uint32_t>(i) == zone.active() ? absl::StrCat("[", version, "]") : version);
    }
    return text;
  }

  grpc::Status RollBack(const std::string& origin, const std::string& checksum = "") {
    grpc::ClientContext context;
    v1::RollBackZoneRequest request;
    request.set_origin(origin);
    request.set_checksum(checksum);
    rolled_back_.Clear();
    return stub_->RollBackZone(&context, request, &rolled_back_);
  }

  TempDirectory snapshots_;
  TempDirectory state_;
  PublishedCatalog catalog_;
  std::atomic<int> announced_{0};
  std::unique_ptr<SnapshotStore> store_;
  std::unique_ptr<ZoneAdminService> service_;
  std::unique_ptr<base::GrpcServer> server_;
  std::unique_ptr<v1::ZoneAdminService::Stub> stub_;
  v1::PushSnapshotResponse response_;
  v1::RollBackZoneResponse rolled_back_;
};

TEST_F(ZoneAdminServiceTest, PushListAndRollBack) {
  EXPECT_EQ(List(), "");
  const std::string first = Snapshot("example.", 1), second = Snapshot("example.", 200);
  ASSERT_TRUE(Push(first, Wire("EXAMPLE.")).ok());
  EXPECT_TRUE(response_.changed());
  ASSERT_TRUE(Push(second, "", 1).ok());
  EXPECT_EQ(announced_, 2);
  EXPECT_EQ(List(Wire("Example.")), absl::StrCat("example.: 2/", first.size(), " [2/", second.size(), "]\n"));
  EXPECT_THAT(Ask(*catalog_.Current(), "www.example. A"), HasSubstr("192.0.2.200"));
  ASSERT_TRUE(RollBack(Wire("Example.")).ok());
  EXPECT_TRUE(rolled_back_.changed());
  EXPECT_EQ(rolled_back_.zone().active(), 0u);
  EXPECT_EQ(announced_, 3);
  EXPECT_THAT(Ask(*catalog_.Current(), "www.example. A"), HasSubstr("192.0.2.1"));
  ASSERT_TRUE(RollBack(Wire("example."), rolled_back_.zone().versions(1).checksum()).ok());
  EXPECT_THAT(Ask(*catalog_.Current(), "www.example. A"), HasSubstr("192.0.2.200"));
  ASSERT_TRUE(Push(second).ok());
  EXPECT_FALSE(response_.changed());
  EXPECT_EQ(announced_, 4);
}

TEST_F(ZoneAdminServiceTest, AllZonesComeInPages) {
  for (int i = 0; i < 1201; ++i) snapshots_.Write(absl::StrCat(i, ".snap"), Snapshot(absl::StrCat("z", i, "."), 1));
  ASSERT_THAT(store_->Scan(), IsOk());
  const std::string list = List();
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 1201);
  EXPECT_THAT(list, HasSubstr("z1200.: ["));
}

TEST_F(ZoneAdminServiceTest, SaysWhatIsWrong) {
  EXPECT_EQ(Push("").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(Push("nonsense").error_message(), HasSubstr("not a snapshot"));
  EXPECT_EQ(Push(Snapshot("example.", 1), "\3abc").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const grpc::Status other = Push(Snapshot("example.", 1), Wire("other."));
  EXPECT_EQ(other.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(other.error_message(), HasSubstr("example., not other."));
  EXPECT_EQ(List(Wire("example.")), "no zone example. is served");
  EXPECT_EQ(List("\3abc"), "the origin is no name in wire form");
  EXPECT_EQ(RollBack("").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(RollBack(Wire("example.")).error_code(), grpc::StatusCode::NOT_FOUND);
  ASSERT_TRUE(Push(Snapshot("example.", 1)).ok());
  EXPECT_THAT(RollBack(Wire("example.")).error_message(), HasSubstr("--keep"));
  EXPECT_EQ(announced_, 1);
}

TEST_F(ZoneAdminServiceTest, WhoLeavesInTheMiddleChangesNothing) {
  const std::string octets = Snapshot("example.", 1);
  {
    grpc::ClientContext context;
    const auto stream = stub_->PushSnapshot(&context, &response_);
    v1::PushSnapshotRequest request;
    request.set_octets(octets.substr(0, octets.size() - 1));
    ASSERT_TRUE(stream->Write(request));
    context.TryCancel();
    stream->Finish();
  }
  ASSERT_TRUE(Push(Snapshot("other.", 1)).ok());
  EXPECT_THAT(List(), HasSubstr("other."));
  EXPECT_THAT(List(), testing::Not(HasSubstr("example.")));
}

TEST_F(ZoneAdminServiceTest, FewArePushedAtATime) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientWriter<v1::PushSnapshotRequest>>> streams;
  v1::PushSnapshotRequest request;
  request.set_octets("\tTRATAZN");
  for (int i = 0; i < ZoneAdminService::kMaxPushes; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(stub_->PushSnapshot(contexts.back().get(), &response_));
    EXPECT_TRUE(streams.back()->Write(request));
  }
  // The others may still be on their way.
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  grpc::Status status;
  do {
    status = Push("nonsense");
  } while (status.error_code() == grpc::StatusCode::INVALID_ARGUMENT && absl::Now() < deadline);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  for (const auto& stream : streams) {
    stream->WritesDone();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  }
  EXPECT_TRUE(Push(Snapshot("example.", 1)).ok());
}

}  // namespace
}  // namespace strata::authority
