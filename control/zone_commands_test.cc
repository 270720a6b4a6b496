// Against an authority that is made up.
//
// SPDX-License-Identifier: Apache-2.0
#include "control/zone_commands.h"

#include <grpcpp/grpcpp.h>

#include <fstream>
#include <memory>
#include <string>

#include "base/grpc_server.h"
#include "dns/name.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/authority/v1/admin.grpc.pb.h"

namespace strata::control {
namespace {

namespace v1 = authority::v1;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FakeAuthority : public v1::ZoneAdminService::Service {
 public:
  grpc::Status ListZones(grpc::ServerContext*, const v1::ListZonesRequest* request,
                         grpc::ServerWriter<v1::ListZonesPage>* stream) override {
    listed.push_back(request->origin());
    v1::ListZonesPage page;
    *page.add_zones() = zone;
    stream->Write(page);
    return grpc::Status::OK;
  }
  grpc::Status PushSnapshot(grpc::ServerContext*, grpc::ServerReader<v1::PushSnapshotRequest>* stream,
                            v1::PushSnapshotResponse* response) override {
    std::string octets;
    for (v1::PushSnapshotRequest piece; stream->Read(&piece);) {
      expected += piece.expected_origin();
      octets += piece.octets();
    }
    pushed.push_back(octets);
    if (octets.empty()) return {grpc::StatusCode::INVALID_ARGUMENT, "empty"};
    *response->mutable_zone() = zone;
    response->set_changed(true);
    return grpc::Status::OK;
  }
  grpc::Status RollBackZone(grpc::ServerContext*, const v1::RollBackZoneRequest* request,
                            v1::RollBackZoneResponse* response) override {
    checksum = request->checksum();
    *response->mutable_zone() = zone;
    return grpc::Status::OK;
  }

  v1::ZoneState zone;
  std::vector<std::string> listed, pushed;
  std::string expected, checksum;
};

class ZoneCommandsTest : public ::testing::Test {
 protected:
  ZoneCommandsTest() {
    fake_.zone.set_origin(std::string(dns::Name::FromText("example.")->wire()));
    for (const char checksum : {'\x12', '\xab'}) {
      v1::ZoneVersion* version = fake_.zone.add_versions();
      version->set_checksum(std::string(32, checksum));
      version->set_serial(checksum == '\x12' ? 1 : 2);
      version->set_records(7);
      version->set_size_bytes(3 << 20);
      version->set_activated_unix_ms(1'700'000'000'000);
    }
    fake_.zone.mutable_versions(0)->set_file("example.snap");
    fake_.zone.set_active(1);
    base::GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.services = {&fake_};
    server_ = *base::GrpcServer::Start(options);
    request_.targets = {server_->address()};
  }

  FakeAuthority fake_;
  std::unique_ptr<base::GrpcServer> server_;
  Request request_;
};

TEST_F(ZoneCommandsTest, ZonesAndVersions) {
  const auto zones = ListZones(request_, "");
  ASSERT_TRUE(zones.ok());
  EXPECT_THAT(zones->table.ToText(),
              HasSubstr("example.       2        7  3.0 MiB  2023-11-14T22:13:20Z  pushed         2"));
  const auto versions = ListZones(request_, "Example");
  ASSERT_TRUE(versions.ok());
  EXPECT_THAT(versions->table.ToText(), HasSubstr("abababababab  yes          2"));
  EXPECT_THAT(
      versions->table.ToJson(),
      HasSubstr("\"version\": \"121212121212\", \"active\": false, \"serial\": 1, \"records\": 7, \"size\": 3145728"));
  EXPECT_THAT(fake_.listed, ElementsAre("", std::string("\7Example\0", 9)));
  EXPECT_FALSE(ListZones(request_, "a..b").ok());
}

TEST_F(ZoneCommandsTest, PushSendsAllOfAFileToAll) {
  const std::string path = ::testing::TempDir() + "/large.snap", empty = ::testing::TempDir() + "/empty.snap";
  std::string octets;
  for (int i = 0; octets.size() < 3 << 20; ++i) octets += std::to_string(i);
  std::ofstream(path, std::ios::binary) << octets;
  std::ofstream(empty, std::ios::binary).flush();
  request_.targets.push_back(request_.targets[0]);
  const auto report = PushSnapshots(request_, {path, empty}, "example");
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(fake_.pushed, ElementsAre(octets, "", octets, ""));
  EXPECT_EQ(fake_.expected, std::string("\7example\0\7example\0", 18));
  EXPECT_THAT(report->table.ToText(), HasSubstr("example.       2  yes"));
  ASSERT_THAT(report->failures, SizeIs(2));
  EXPECT_EQ(report->failures[0].status.message(), empty + ": empty");
  fake_.pushed.clear();
  EXPECT_FALSE(PushSnapshots(request_, {path, path + ".missing"}, "").ok());
  EXPECT_THAT(fake_.pushed, IsEmpty());
}

TEST_F(ZoneCommandsTest, RollBack) {
  EXPECT_TRUE(RollBackZone(request_, "example.", "12Ab").ok());
  EXPECT_EQ(fake_.checksum, "\x12\xab");
  EXPECT_TRUE(RollBackZone(request_, "example.", "").ok());
  EXPECT_EQ(fake_.checksum, "");
  EXPECT_FALSE(RollBackZone(request_, "example.", "123").ok());
  EXPECT_FALSE(RollBackZone(request_, "example.", "zz").ok());
}

TEST_F(ZoneCommandsTest, WhoIsNotThereIsAFailure) {
  request_.targets = {"unix:/nowhere/at.sock", request_.targets[0]};
  const auto report = ListZones(request_, "");
  ASSERT_TRUE(report.ok());
  ASSERT_THAT(report->failures, SizeIs(1));
  EXPECT_EQ(report->failures[0].target, "unix:/nowhere/at.sock");
  EXPECT_TRUE(absl::IsUnavailable(report->failures[0].status));
  EXPECT_FALSE(report->table.empty());
}

}  // namespace
}  // namespace strata::control
