// DNS cookies at several frontends: shared secrets, their replacement, and files that are wrong.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/admin_client.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

using testing::HasSubstr;

constexpr uint16_t kA = dns::rr_type::kA;
constexpr char kClientCookie[] = "12345678";
constexpr char kOldSecret[] = "00112233445566778899aabbccddeeff\n";
constexpr char kNewSecret[] = "ffeeddccbbaa99887766554433221100\n";

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";

class CookieTest : public testing::Test {
 protected:
  // Two frontends.
  void Start(const std::vector<std::string>& flags) {
    ClusterShape shape;
    shape.frontends = 2;
    shape.admin = true;
    shape.frontend_flags = flags;
    cluster_ = std::make_unique<Cluster>(shape);
    cluster_->WriteZone("cookie.test", kZone);
    ASSERT_TRUE(cluster_->StartAll());
  }

  // The cookie that the frontend sends back; its answer must be right, whatever it thinks of ours.
  std::string Exchange(int frontend, const std::string& cookie) {
    const absl::StatusOr<dns::Message> answer =
        Ask(cluster_->port(frontend), "www.cookie.test.", kA, {.cookie = cookie});
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (!answer.ok()) return "";
    EXPECT_EQ(answer->rcode, dns::rcode::kNoError);
    EXPECT_EQ(answer->answer.size(), 1u);
    EXPECT_EQ(CookieOf(*answer).size(), 24u);
    return CookieOf(*answer);
  }
  double Count(int frontend, const char* state) {
    return ReadMetrics(cluster_->AdminAddress(
        absl::StrCat("frontend", frontend)))[absl::StrCat("strata_frontend_cookies_total{state=\"", state, "\"}")];
  }
  // Replaces the secrets, and waits until both frontends have read them while they are asked on with `*cookie`.
  void Replace(const std::string& secrets, int times, std::string* cookie) {
    ReplaceFile(secrets_, secrets);
    const absl::Time end = absl::Now() + absl::Seconds(30);
    for (const int frontend : {0, 1}) {
      const auto reads = [&] {
        const std::string log = cluster_->LogOf(absl::StrCat("frontend", frontend));
        int count = 0;
        for (size_t at = log.find("cookie secrets read again"); at != std::string::npos;
             at = log.find("cookie secrets read again", at + 1)) {
          ++count;
        }
        return count;
      };
      while (reads() < times && absl::Now() < end) {
        *cookie = Exchange(0, *cookie);
        *cookie = Exchange(1, *cookie);
      }
      EXPECT_EQ(reads(), times);
    }
  }

  const TemporaryFolder folder_;
  const std::string secrets_ = folder_.Path("secrets");
  std::unique_ptr<Cluster> cluster_;
};

TEST_F(CookieTest, FrontendsThatShareASecretAcceptEachOthersCookies) {
  WriteFile(secrets_, kOldSecret);
  Start({"--cookie_secret_file=" + secrets_});
  const std::string cookie = Exchange(0, kClientCookie);
  EXPECT_EQ(Exchange(1, cookie), cookie);
  EXPECT_EQ(Count(1, "valid"), 1);
  EXPECT_EQ(Count(1, "bad"), 0);
}

TEST_F(CookieTest, WithoutAFileEachHasItsOwn) {
  Start({});
  const std::string cookie = Exchange(0, kClientCookie);
  EXPECT_EQ(Exchange(0, cookie), cookie);
  EXPECT_NE(Exchange(1, cookie), cookie) << "and the query was answered all the same";
  EXPECT_EQ(Count(1, "bad"), 1);
}

TEST_F(CookieTest, CookiesCanBeOff) {
  Start({"--cookies=false"});
  const absl::StatusOr<dns::Message> answer = Ask(cluster_->port(), "www.cookie.test.", kA, {.cookie = kClientCookie});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->answer.size(), 1u);
  EXPECT_EQ(CookieOf(*answer), "");
}

// The three steps of docs/operations.md, while a client asks on: its cookie is never bad.
TEST_F(CookieTest, SecretsAreReplacedWithoutABadCookie) {
  WriteFile(secrets_, kOldSecret);
  Start({"--cookie_secret_file=" + secrets_});
  std::string cookie = Exchange(0, kClientCookie);
  const std::string first = cookie;
  Replace(absl::StrCat(kOldSecret, kNewSecret), 1, &cookie);
  EXPECT_EQ(cookie, first) << "the new secret is only accepted";
  Replace(absl::StrCat(kNewSecret, kOldSecret), 2, &cookie);
  cookie = Exchange(0, cookie);
  EXPECT_NE(cookie, first) << "made with the new secret";
  Replace(kNewSecret, 3, &cookie);
  EXPECT_EQ(Exchange(1, cookie), cookie);
  EXPECT_EQ(Count(0, "bad"), 0);
  EXPECT_EQ(Count(1, "bad"), 0);
  Exchange(1, first);
  EXPECT_EQ(Count(1, "bad"), 1) << "the old one is gone";
}

TEST_F(CookieTest, ABadFileChangesNothing) {
  WriteFile(secrets_, kOldSecret);
  Start({"--cookie_secret_file=" + secrets_});
  const std::string cookie = Exchange(0, kClientCookie);
  ReplaceFile(secrets_, absl::StrCat(kNewSecret, "0011 no secret\n"));
  ASSERT_TRUE(cluster_->frontend(0).WaitForStderr(absl::StrCat(secrets_, ":2:"), absl::Seconds(20)))
      << cluster_->frontend(0).Describe();
  EXPECT_EQ(Exchange(0, cookie), cookie);
  EXPECT_EQ(Count(0, "bad"), 0);
}

TEST_F(CookieTest, ABadFileAtTheStartIsAnError) {
  WriteFile(secrets_, "# ours\n00112233445566778899aabbccddeefg\n");
  const Finished frontend = RunToEnd({Runfile("frontend/frontend"), absl::StrCat("--listen=127.0.0.1:", UnusedPort()),
                                      "--authority=127.0.0.1:1", "--cookie_secret_file=" + secrets_},
                                     folder_.Path("run"));
  EXPECT_EQ(frontend.exit_code, 2);
  EXPECT_EQ(frontend.out, "");
  EXPECT_THAT(frontend.err, HasSubstr("--cookie_secret_file: " + secrets_ + ":2:32:"));
}

}  // namespace
}  // namespace strata::tests
