// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/cookie_exchange.h"

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "base/testing/fake_clock.h"
#include "frontend/testing/fake_transport.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using base::testing::FakeClock;
using testing::FakeTransport;

constexpr char kClientCookie[] = "12345678";

class CookieExchangeTest : public ::testing::Test {
 protected:
  // What a client at `address` that sends `option` is sent back; `*state` is what was thought of it.
  std::string Exchange(absl::string_view option, CookieState* state, const char* address = "192.0.2.1") {
    echo_ = QueryEcho();
    *state = exchange_.Read(option, transport_.MakeClient(0, address), &echo_);
    return echo_.options.has_cookie ? std::string(echo_.options.cookie.data(), kCookieSize) : std::string();
  }

  void Publish(absl::string_view secrets) {
    const absl::StatusOr<CookieSecrets> read = CookieSecrets::FromText("secrets", secrets);
    ASSERT_TRUE(read.ok()) << read.status();
    secrets_.Publish(std::make_shared<const CookieSecrets>(*read));
  }

  FakeTransport transport_{true};
  FakeClock clock_;
  PublishedCookieSecrets secrets_;
  CookieExchange exchange_{secrets_, clock_};
  QueryEcho echo_;
  CookieState state_ = CookieState::kMalformed;
};

TEST_F(CookieExchangeTest, AClientGetsACookieThatProvesItNextTime) {
  const std::string cookie = Exchange(kClientCookie, &state_);
  EXPECT_EQ(state_, CookieState::kClientOnly);
  EXPECT_FALSE(echo_.proven);
  EXPECT_EQ(cookie.substr(0, 8), kClientCookie);
  EXPECT_EQ(Exchange(cookie, &state_), cookie) << "a cookie that has a while to go is kept";
  EXPECT_EQ(state_, CookieState::kValid);
  EXPECT_TRUE(echo_.proven);
}

TEST_F(CookieExchangeTest, ACookieIsGoodForItsClientOnly) {
  const std::string cookie = Exchange(kClientCookie, &state_);
  const std::string other = Exchange(cookie, &state_, "192.0.2.2");
  EXPECT_EQ(state_, CookieState::kBad);
  EXPECT_FALSE(echo_.proven);
  EXPECT_NE(other, cookie) << "and who has a wrong one gets one of its own";
}

TEST_F(CookieExchangeTest, AnOldCookieIsRenewedAndThenExpires) {
  const std::string cookie = Exchange(kClientCookie, &state_);
  clock_.Advance(absl::Minutes(40));
  EXPECT_NE(Exchange(cookie, &state_), cookie);
  EXPECT_EQ(state_, CookieState::kValid);
  clock_.Advance(absl::Minutes(30));
  Exchange(cookie, &state_);
  EXPECT_EQ(state_, CookieState::kBad);
}

TEST_F(CookieExchangeTest, SecretsRollOver) {
  Publish("00112233445566778899aabbccddeeff\n");
  const std::string cookie = Exchange(kClientCookie, &state_);
  Publish("ffeeddccbbaa99887766554433221100\n00112233445566778899aabbccddeeff\n");
  const std::string renewed = Exchange(cookie, &state_);
  EXPECT_EQ(state_, CookieState::kValid);
  EXPECT_NE(renewed, cookie) << "made with the new secret";
  Publish("ffeeddccbbaa99887766554433221100\n");
  Exchange(cookie, &state_);
  EXPECT_EQ(state_, CookieState::kBad);
  Exchange(renewed, &state_);
  EXPECT_EQ(state_, CookieState::kValid);
}

TEST_F(CookieExchangeTest, OfAWrongSizeIsMalformed) {
  for (const size_t size : {0, 1, 7, 9, 15, 41, 100}) {
    Exchange(std::string(size, 'x'), &state_);
    EXPECT_EQ(state_, CookieState::kMalformed) << size;
    EXPECT_FALSE(echo_.options.has_cookie) << size;
  }
}

TEST_F(CookieExchangeTest, WhatIsProvenOtherwiseStaysSo) {
  echo_.proven = true;
  exchange_.Read(kClientCookie, transport_.MakeClient(), &echo_);
  EXPECT_TRUE(echo_.proven);
}

}  // namespace
}  // namespace strata::frontend
