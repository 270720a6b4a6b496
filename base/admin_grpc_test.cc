// SPDX-License-Identifier: Apache-2.0
#include "base/admin_grpc.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/admin_pages.h"
#include "base/status_service.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::HasSubstr;

class AdminGrpcTest : public ::testing::Test {
 protected:
  AdminGrpcTest() { EXPECT_NE(mkdtemp(directory_.data()), nullptr); }
  void TearDown() override {
    unsetenv("RUNTIME_DIRECTORY");
    std::filesystem::remove_all(directory_);
  }

  std::string directory_ = "/tmp/admin-XXXXXX";
  StatusService status_{"test", AdminPages{}};
};

TEST_F(AdminGrpcTest, Addresses) {
  EXPECT_EQ(AdminGrpcAddressFromText("none", "cache")->address, "");
  EXPECT_EQ(AdminGrpcAddressFromText("127.0.0.1:99", "cache")->address, "127.0.0.1:99");
  EXPECT_FALSE(AdminGrpcAddressFromText("unix:/x", "cache")->is_default);
  setenv("RUNTIME_DIRECTORY", absl::StrCat(directory_, ":/other").c_str(), 1);
  EXPECT_EQ(AdminGrpcAddressFromText("", "cache")->address, absl::StrCat("unix:", directory_, "/cache.admin.sock"));
  EXPECT_TRUE(AdminGrpcAddressFromText("", "cache")->is_default);
  setenv("RUNTIME_DIRECTORY", "/nowhere/at/all", 1);
  EXPECT_EQ(AdminGrpcAddressFromText("", "cache")->address, "");
  for (const char* wrong : {"192.0.2.1:5", "nonsense", "[::]:1"}) {
    const auto address = AdminGrpcAddressFromText(wrong, "cache");
    ASSERT_FALSE(address.ok()) << wrong;
    EXPECT_THAT(std::string(address.status().message()), HasSubstr("--admin_grpc")) << wrong;
  }
}

TEST_F(AdminGrpcTest, ServesOnASocketOfThisUserAlone) {
  const AdminGrpcAddress address{absl::StrCat("unix:", directory_, "/a.sock")};
  const auto server = StartAdminGrpc(address, {&status_});
  ASSERT_TRUE(server.ok()) << server.status();
  struct stat found {};
  ASSERT_EQ(stat(absl::StrCat(directory_, "/a.sock").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  const auto stub =
      status::v1::StatusService::NewStub(grpc::CreateChannel(address.address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  status::v1::GetStatusResponse response;
  EXPECT_TRUE(stub->GetStatus(&context, {}, &response).ok());
  EXPECT_EQ(response.service(), "test");
  // Another process' is not taken over.
  const auto second = StartAdminGrpc(address, {&status_});
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("--admin_grpc"));
  const auto by_default = StartAdminGrpc({address.address, /*is_default=*/true}, {&status_});
  ASSERT_TRUE(by_default.ok());
  EXPECT_EQ(*by_default, nullptr);
}

TEST_F(AdminGrpcTest, NowhereIsNoServer) {
  const auto server = StartAdminGrpc({}, {&status_});
  ASSERT_TRUE(server.ok());
  EXPECT_EQ(*server, nullptr);
}

}  // namespace
}  // namespace strata::base
