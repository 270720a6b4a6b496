// Tests of reading the operator's files, again and again.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/settings_watch.h"

#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using ::testing::HasSubstr;

class SettingsWatchTest : public ::testing::Test {
 protected:
  SettingsWatchTest() {
    std::remove(path_.c_str());
    options_.file_interval = absl::Milliseconds(5);
  }
  void Write(const std::string& text) { std::ofstream(path_) << text; }

  // What was told.
  void Start(SettingsWatch* watch) {
    watch->Start(
        [this](const ForwardSettings& settings) {
          const std::lock_guard<std::mutex> lock(mutex_);
          settings_.push_back(settings);
          changed_.notify_all();
        },
        [this](std::shared_ptr<const HostsTable> hosts) {
          const std::lock_guard<std::mutex> lock(mutex_);
          hosts_.push_back(std::move(hosts));
          changed_.notify_all();
        });
  }
  template <typename Condition>
  bool WaitUntil(Condition condition) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), condition);
  }

  const std::string path_ = ::testing::TempDir() + "/settings";
  ResolverOptions options_;
  std::mutex mutex_;  // guards the two below
  std::condition_variable changed_;
  std::vector<ForwardSettings> settings_;
  std::vector<std::shared_ptr<const HostsTable>> hosts_;
};

TEST_F(SettingsWatchTest, NewServersAreTold) {
  Write("nameserver 192.0.2.1\n");
  options_.resolv_conf = path_;
  const std::unique_ptr<SettingsWatch> watch = *SettingsWatch::Create(options_);
  EXPECT_EQ(watch->settings().servers[0].ToText(), "192.0.2.1:53");
  Start(watch.get());
  Write("# the same\nnameserver 192.0.2.1\n");
  std::remove(path_.c_str());
  Write("nameserver 192.0.2.2\noptions rotate\n");
  ASSERT_TRUE(WaitUntil([this] { return !settings_.empty(); }));
  EXPECT_EQ(settings_.size(), 1u);
  EXPECT_EQ(settings_[0].servers[0].ToText(), "192.0.2.2:53");
  EXPECT_TRUE(settings_[0].rotate);
}

TEST_F(SettingsWatchTest, ServersThatWereNamedStay) {
  Write("nameserver 192.0.2.1\noptions attempts:5\n");
  options_.resolv_conf = path_;
  options_.forward = {*base::SocketAddress::FromText("192.0.2.9:5353")};
  const std::unique_ptr<SettingsWatch> watch = *SettingsWatch::Create(options_);
  EXPECT_EQ(watch->settings().servers, options_.forward);
  EXPECT_EQ(watch->settings().attempts, 5);
}

TEST_F(SettingsWatchTest, HostsAreTold) {
  Write("192.0.2.1 a\n");
  options_.hosts_file = path_;
  options_.forward = {*base::SocketAddress::FromText("192.0.2.9:5353")};
  const std::unique_ptr<SettingsWatch> watch = *SettingsWatch::Create(options_);
  EXPECT_EQ(watch->hosts()->name_count(), 1u);
  Start(watch.get());
  Write("192.0.2.1 a b c\n");
  ASSERT_TRUE(WaitUntil([this] { return !hosts_.empty(); }));
  EXPECT_EQ(hosts_[0]->name_count(), 3u);
}

TEST_F(SettingsWatchTest, WhatIsMissingIsNamed) {
  EXPECT_THAT(SettingsWatch::Create(options_), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--forward")));
  options_.resolv_conf = path_;
  EXPECT_THAT(SettingsWatch::Create(options_), StatusIs(absl::StatusCode::kNotFound, HasSubstr("--resolv_conf: ")));
  options_.resolv_conf.clear();
  options_.forward = {*base::SocketAddress::FromText("192.0.2.9:5353")};
  options_.hosts_file = path_;
  EXPECT_THAT(SettingsWatch::Create(options_), StatusIs(absl::StatusCode::kNotFound, HasSubstr("--hosts_file: ")));
}

}  // namespace
}  // namespace strata::recursor
