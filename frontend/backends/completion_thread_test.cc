// Tests of the thread that completions are reported on.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/completion_thread.h"

#include <grpcpp/alarm.h>

#include <chrono>
#include <future>
#include <memory>
#include <thread>

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

TEST(CompletionThreadTest, ReportsOnItsOwnThread) {
  CompletionThread completions;
  std::promise<std::thread::id> reported;
  CompletionThread::Completion tag = [&](bool ok) {
    EXPECT_TRUE(ok);
    reported.set_value(std::this_thread::get_id());
  };
  grpc::Alarm alarm;
  alarm.Set(completions.queue(), std::chrono::system_clock::now(), &tag);
  EXPECT_NE(reported.get_future().get(), std::this_thread::get_id());
}

TEST(CompletionThreadTest, EndsWhenEverythingIsReported) {
  auto completions = std::make_unique<CompletionThread>();
  bool reported = false;
  CompletionThread::Completion tag = [&](bool ok) {
    EXPECT_FALSE(ok) << "cancelled";
    reported = true;
  };
  grpc::Alarm alarm;
  alarm.Set(completions->queue(), std::chrono::system_clock::now() + std::chrono::hours(1), &tag);
  alarm.Cancel();
  completions.reset();
  EXPECT_TRUE(reported);
}

TEST(CompletionThreadTest, EndsWithoutWork) { CompletionThread(); }

}  // namespace
}  // namespace strata::frontend
