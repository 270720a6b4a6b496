// Tests of the secrets of server cookies and of the text they come from.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/cookie_secrets.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "frontend/testing/addresses.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kOld[] = "dd3bdf9344b678b185a6f5cb60fca715";
constexpr char kNew[] = "445536bcd2513298075A5D379663C962";
constexpr uint32_t kNow = 1'559'741'961;

CookieSecrets Of(const std::string& text) {
  const absl::StatusOr<CookieSecrets> secrets = CookieSecrets::FromText("cookies", text);
  EXPECT_TRUE(secrets.ok()) << secrets.status();
  return secrets.ok() ? *secrets : CookieSecrets();
}

std::string ErrorOf(const std::string& text) {
  const absl::StatusOr<CookieSecrets> secrets = CookieSecrets::FromText("cookies", text);
  return secrets.ok() ? "none" : std::string(secrets.status().message());
}

// What `verifier` says to a cookie of `maker`, so many seconds later.
CookieVerdict Shown(const CookieSecrets& maker, const CookieSecrets& verifier, uint32_t seconds = 0) {
  const base::SocketAddress client = testing::Address("192.0.2.7");
  const std::string client_cookie = "8 octets";
  const ServerCookie cookie = maker.Make(client_cookie, client.sockaddr_ptr(), kNow);
  return verifier.Verify({client_cookie, absl::string_view(cookie.data(), cookie.size())}, client.sockaddr_ptr(),
                         kNow + seconds);
}

TEST(CookieSecretsTest, Text) {
  EXPECT_EQ(Of(kOld).size(), 1u);
  EXPECT_EQ(Of(absl::StrCat("# of cookies\n\n  ", kNew, "\t# since May\r\n", kOld, "\n")).size(), 2u);
  EXPECT_EQ(Of("445536bcd2513298075a5d379663c962"), Of(kNew));
}

// The three steps of a rollover: a new secret is accepted, makes cookies, and is alone.
TEST(CookieSecretsTest, Rollover) {
  const CookieSecrets before = Of(kOld);
  const CookieSecrets announced = Of(absl::StrCat(kOld, "\n", kNew));
  const CookieSecrets turned = Of(absl::StrCat(kNew, "\n", kOld));
  const CookieSecrets after = Of(kNew);
  EXPECT_EQ(Shown(before, announced), CookieVerdict::kValid);
  EXPECT_EQ(Shown(announced, before), CookieVerdict::kValid);
  EXPECT_EQ(Shown(announced, turned), CookieVerdict::kValidRenew);
  EXPECT_EQ(Shown(turned, announced), CookieVerdict::kValidRenew);
  EXPECT_EQ(Shown(turned, after), CookieVerdict::kValid);
  EXPECT_EQ(Shown(before, after), CookieVerdict::kBad);
}

TEST(CookieSecretsTest, OldCookiesAreRenewedAndThenBad) {
  const CookieSecrets secrets = Of(kOld);
  EXPECT_EQ(Shown(secrets, secrets, 1800), CookieVerdict::kValid);
  EXPECT_EQ(Shown(secrets, secrets, 1801), CookieVerdict::kValidRenew);
  EXPECT_EQ(Shown(secrets, secrets, 3601), CookieVerdict::kBad);
}

TEST(CookieSecretsTest, OnesOwn) {
  const CookieSecrets one, other;
  EXPECT_EQ(one.size(), 1u);
  EXPECT_EQ(Shown(one, one), CookieVerdict::kValid);
  EXPECT_EQ(Shown(one, other), CookieVerdict::kBad);
}

TEST(CookieSecretsTest, ErrorsSayWhere) {
  EXPECT_EQ(ErrorOf(""), "cookies:1:1: no secret: expected a line of 32 hexadecimal digits");
  EXPECT_THAT(ErrorOf("# none\n\n"), StartsWith("cookies:3:1: no secret"));
  EXPECT_EQ(ErrorOf("# one\n  445536bcd2513298075a5d379663c9"),
            "cookies:2:3: a secret has 32 hexadecimal digits, not 30");
  EXPECT_EQ(ErrorOf(absl::StrCat(kOld, "00")), "cookies:1:1: a secret has 32 hexadecimal digits, not 34");
  EXPECT_THAT(ErrorOf("445536bcd2513298075a5d379663c96g"), StartsWith("cookies:1:32: expected a secret of 32"));
  EXPECT_THAT(ErrorOf(absl::StrCat(kOld, " ", kNew)), StartsWith("cookies:1:33: expected a secret of 32"));
  EXPECT_THAT(ErrorOf("secret: hunter2"), StartsWith("cookies:1:1: expected"));
  EXPECT_EQ(ErrorOf(absl::StrCat(kOld, "\n", kNew, "\n ", kOld)), "cookies:3:2: this secret is there already");
  std::string many;
  for (int i = 0; i < 9; ++i) absl::StrAppend(&many, "0000000000000000000000000000000", i, "\n");
  EXPECT_EQ(ErrorOf(many), "cookies:9:1: more than 8 secrets");
}

TEST(CookieSecretsTest, ErrorsTellNoSecret) {
  const std::string cut = std::string(kNew).substr(1);
  EXPECT_THAT(ErrorOf(cut), AllOf(Not("none"), Not(HasSubstr(cut.substr(0, 8)))));
  EXPECT_THAT(ErrorOf(cut + "-"), AllOf(Not("none"), Not(HasSubstr(cut.substr(0, 8)))));
}

}  // namespace
}  // namespace strata::frontend
