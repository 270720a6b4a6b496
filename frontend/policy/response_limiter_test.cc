// Tests of response rate limiting.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/response_limiter.h"

#include <array>
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "frontend/testing/addresses.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using base::MonotonicTime;
using ::testing::HasSubstr;

constexpr ResponseIdentity kAnswer = {ResponseClass::kAnswer, 1}, kOtherAnswer = {ResponseClass::kAnswer, 2};

MonotonicTime At(absl::Duration since) { return MonotonicTime(absl::ToChronoNanoseconds(absl::Hours(1) + since)); }

LimiterAction Check(ResponseLimiter* limiter, const std::string& client, const ResponseIdentity& response,
                    absl::Duration when = {}) {
  return limiter->Check(testing::Address(client).sockaddr_ptr(), response, At(when));
}

bool IsLimited(const ResponseLimiter& limiter, const std::string& client, absl::Duration when = {}) {
  return limiter.IsLimited(testing::Address(client).sockaddr_ptr(), At(when));
}

// How many of `count` responses at one time are sent.
int Sent(ResponseLimiter* limiter, const std::string& client, const ResponseIdentity& response, int count,
         absl::Duration when = {}) {
  int sent = 0;
  for (int i = 0; i < count; ++i) sent += Check(limiter, client, response, when) == LimiterAction::kSend;
  return sent;
}

ResponseLimiterOptions Options(int responses_per_second) {
  ResponseLimiterOptions options;
  options.responses_per_second = responses_per_second;
  options.table_size = 1024;
  return options;
}

TEST(ResponseLimiterTest, OffUnlessARateIsSet) {
  ResponseLimiter limiter{ResponseLimiterOptions()};
  EXPECT_FALSE(limiter.enabled());
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 10'000), 10'000);
  EXPECT_FALSE(IsLimited(limiter, "192.0.2.1"));
}

TEST(ResponseLimiterTest, TheSameResponseSoManyTimesASecond) {
  ResponseLimiter limiter(Options(50));
  EXPECT_TRUE(limiter.enabled());
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 1000), 50);
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kOtherAnswer, 1000), 50) << "another response";
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 1000, absl::Milliseconds(500)), 25);
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 1000, absl::Seconds(60)), 50) << "after a quiet minute";
}

TEST(ResponseLimiterTest, AWindowSavesUp) {
  ResponseLimiterOptions options = Options(50);
  options.window = absl::Seconds(15);
  ResponseLimiter limiter(options);
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 1000), 750);
}

TEST(ResponseLimiterTest, ANetworkIsOneClient) {
  ResponseLimiter limiter(Options(10));
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 100), 10);
  EXPECT_EQ(Sent(&limiter, "192.0.2.200", kAnswer, 100), 0);
  EXPECT_EQ(Sent(&limiter, "192.0.3.1", kAnswer, 100), 10);
  EXPECT_EQ(Sent(&limiter, "2001:db8:0:1200::1", kAnswer, 100), 10);
  EXPECT_EQ(Sent(&limiter, "2001:db8:0:12ff::1", kAnswer, 100), 0);
  EXPECT_EQ(Sent(&limiter, "2001:db8:0:1300::1", kAnswer, 100), 10);
}

TEST(ResponseLimiterTest, PrefixesAreOptions) {
  ResponseLimiterOptions options = Options(10);
  options.prefix = {.ipv4 = 32, .ipv6 = 128};
  ResponseLimiter limiter(options);
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 100), 10);
  EXPECT_EQ(Sent(&limiter, "192.0.2.2", kAnswer, 100), 10);
  EXPECT_EQ(Sent(&limiter, "2001:db8::1", kAnswer, 100), 10);
  EXPECT_EQ(Sent(&limiter, "2001:db8::2", kAnswer, 100), 10);
}

TEST(ResponseLimiterTest, ClassesHaveRatesAndAccountsOfTheirOwn) {
  ResponseLimiterOptions options = Options(10);
  options.nodata_per_second = 20;
  options.nxdomains_per_second = 30;
  options.referrals_per_second = 40;
  options.errors_per_second = 50;
  ResponseLimiter limiter(options);
  ResponseLimiter same(Options(7));
  int expected = 10;
  for (const ResponseClass each : {ResponseClass::kAnswer, ResponseClass::kNoData, ResponseClass::kNxDomain,
                                   ResponseClass::kReferral, ResponseClass::kError}) {
    EXPECT_EQ(Sent(&limiter, "192.0.2.1", {each, 5}, 100), expected) << ResponseClassName(each);
    EXPECT_EQ(Sent(&same, "192.0.2.1", {each, 5}, 100), 7) << ResponseClassName(each);
    expected += 10;
  }
}

TEST(ResponseLimiterTest, OneClassAlone) {
  ResponseLimiterOptions options = Options(0);
  options.errors_per_second = 10;
  ResponseLimiter limiter(options);
  EXPECT_TRUE(limiter.enabled());
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", {ResponseClass::kError, 0}, 100), 10);
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 100), 100);
}

// Random names below a wildcard: each response is another one.
TEST(ResponseLimiterTest, AllOfANetwork) {
  ResponseLimiterOptions options = Options(10);
  options.all_per_second = 100;
  ResponseLimiter limiter(options);
  int sent = 0;
  for (uint64_t i = 0; i < 1000; ++i) sent += Sent(&limiter, "192.0.2.1", {ResponseClass::kAnswer, i}, 1);
  EXPECT_EQ(sent, 100);
  EXPECT_EQ(Sent(&limiter, "192.0.3.1", kAnswer, 1000), 10);
  // What was refused for the sake of all was not charged to its own account.
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", {ResponseClass::kAnswer, 999}, 1000, absl::Seconds(1)), 10);
}

// One of a dozen nameservers' resolvers: under its rate, beside an attack on another network, nothing is lost.
TEST(ResponseLimiterTest, AnAttackOnOneNetworkIsNoMatterToAnother) {
  ResponseLimiter limiter(Options(10));
  for (int ms = 0; ms < 5000; ++ms) {
    Sent(&limiter, "192.0.2.1", kAnswer, 10, absl::Milliseconds(ms));
    if (ms % 125 != 0) continue;
    EXPECT_EQ(Sent(&limiter, "198.51.100.1", kAnswer, 1, absl::Milliseconds(ms)), 1);
  }
}

TEST(ResponseLimiterTest, OneInSoManySlips) {
  for (const int slip : {0, 1, 2, 10, 100}) {
    ResponseLimiterOptions options = Options(1);
    options.slip = slip;
    ResponseLimiter limiter(options);
    constexpr int kLimited = 100'000;
    std::array<int, 3> counts{};
    for (int i = 0; i <= kLimited; ++i) ++counts[static_cast<size_t>(Check(&limiter, "192.0.2.1", kAnswer))];
    EXPECT_EQ(counts[static_cast<size_t>(LimiterAction::kSend)], 1);
    const int slipped = counts[static_cast<size_t>(LimiterAction::kSlip)];
    const int expected = slip == 0 ? 0 : kLimited / slip;
    EXPECT_NEAR(slipped, expected, slip <= 1 ? 0 : expected / 5) << slip;
  }
}

TEST(ResponseLimiterTest, WhoIsExemptIsNotLimited) {
  ResponseLimiterOptions options = Options(10);
  ASSERT_TRUE(options.exempt.Add("192.0.2.8/29").ok());
  ResponseLimiter limiter(options);
  EXPECT_EQ(Sent(&limiter, "192.0.2.9", kAnswer, 100), 100);
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 100), 10);
  EXPECT_EQ(Sent(&limiter, "192.0.2.9", kAnswer, 100), 100);
  EXPECT_TRUE(IsLimited(limiter, "192.0.2.1"));
  EXPECT_FALSE(IsLimited(limiter, "192.0.2.9"));
}

TEST(ResponseLimiterTest, IsLimitedForASecondAfterTheLastLimitedResponse) {
  ResponseLimiter limiter(Options(10));
  EXPECT_FALSE(IsLimited(limiter, "192.0.2.1"));
  Sent(&limiter, "192.0.2.1", kAnswer, 10);
  EXPECT_FALSE(IsLimited(limiter, "192.0.2.1")) << "at the limit";
  Sent(&limiter, "192.0.2.1", kAnswer, 1);
  EXPECT_TRUE(IsLimited(limiter, "192.0.2.1"));
  EXPECT_TRUE(IsLimited(limiter, "192.0.2.77")) << "the same network";
  EXPECT_FALSE(IsLimited(limiter, "192.0.3.1"));
  EXPECT_TRUE(IsLimited(limiter, "192.0.2.1", absl::Milliseconds(999)));
  EXPECT_FALSE(IsLimited(limiter, "192.0.2.1", absl::Milliseconds(1001)));
}

TEST(ResponseLimiterTest, LogOnlyDecidesAllTheSame) {
  ResponseLimiterOptions options = Options(10);
  options.log_only = true;
  ResponseLimiter limiter(options);
  EXPECT_TRUE(limiter.log_only());
  EXPECT_EQ(Sent(&limiter, "192.0.2.1", kAnswer, 100), 10);
  EXPECT_FALSE(IsLimited(limiter, "192.0.2.1")) << "no BADCOOKIE";
}

// A million networks that ask once, in a table for 1024: nobody who stays below the rate is refused, but by chance
// (RateTableTest has the figure).
TEST(ResponseLimiterTest, AFloodFromEverywhereLimitsNobody) {
  ResponseLimiter limiter(Options(5));
  std::mt19937 random(1);
  int refused = 0;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  for (int i = 0; i < 1'000'000; ++i) {
    address.sin_addr.s_addr = random();
    const auto* client = reinterpret_cast<const sockaddr*>(&address);
    refused += limiter.Check(client, kAnswer, At(absl::Microseconds(i))) != LimiterAction::kSend;
  }
  EXPECT_LE(refused, 20);
}

TEST(ResponseLimiterTest, ThreadsShareTheRate) {
  ResponseLimiterOptions options = Options(500);
  options.all_per_second = 2000;
  ResponseLimiter limiter(options);
  std::atomic<int> sent = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      const base::SocketAddress client = testing::Address("192.0.2.1");
      for (int i = 0; i < 10'000; ++i) {
        const MonotonicTime now = At(absl::Microseconds(i));
        sent += limiter.Check(client.sockaddr_ptr(), kAnswer, now) == LimiterAction::kSend;
        limiter.IsLimited(client.sockaddr_ptr(), now);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  // A second's worth and that of 10 ms; a little more where two threads put the account in at once.
  EXPECT_GE(sent, 500);
  EXPECT_LE(sent, 515);
}

TEST(ResponseLimiterOptionsTest, Ranges) {
  const auto error = [](auto change) {
    ResponseLimiterOptions options;
    change(options);
    const absl::Status status = CheckResponseLimiterOptions(options);
    return status.ok() ? std::string("none") : std::string(status.message());
  };
  using Options = ResponseLimiterOptions;
  EXPECT_EQ(error([](Options&) {}), "none");
  EXPECT_EQ(error([](Options& o) { o.responses_per_second = 1'000'000; }), "none");
  EXPECT_EQ(error([](Options& o) { o.responses_per_second = -1; }), "responses_per_second: -1 is not in 0 to 1000000");
  EXPECT_THAT(error([](Options& o) { o.responses_per_second = 1'000'001; }),
              HasSubstr("responses_per_second: 1000001"));
  EXPECT_THAT(error([](Options& o) { o.nodata_per_second = -1; }), HasSubstr("nodata_per_second: "));
  EXPECT_THAT(error([](Options& o) { o.nxdomains_per_second = -1; }), HasSubstr("nxdomains_per_second: "));
  EXPECT_THAT(error([](Options& o) { o.referrals_per_second = -1; }), HasSubstr("referrals_per_second: "));
  EXPECT_THAT(error([](Options& o) { o.errors_per_second = -1; }), HasSubstr("errors_per_second: "));
  EXPECT_THAT(error([](Options& o) { o.all_per_second = -1; }), HasSubstr("all_per_second: "));
  EXPECT_THAT(error([](Options& o) { o.slip = 101; }), HasSubstr("slip: 101"));
  EXPECT_THAT(error([](Options& o) { o.prefix.ipv4 = 33; }), HasSubstr("ipv4_prefix_length: 33"));
  EXPECT_THAT(error([](Options& o) { o.prefix.ipv6 = 129; }), HasSubstr("ipv6_prefix_length: 129"));
  EXPECT_THAT(error([](Options& o) { o.table_size = 1023; }), HasSubstr("table_size: 1023"));
  EXPECT_EQ(error([](Options& o) { o.window = absl::Milliseconds(999); }), "window: 999ms is not in 1s to 1m");
  EXPECT_EQ(error([](Options& o) { o.window = absl::InfiniteDuration(); }), "window: inf is not in 1s to 1m");
}

}  // namespace
}  // namespace strata::frontend
