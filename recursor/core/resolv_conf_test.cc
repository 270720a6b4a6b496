// Tests of reading resolv.conf.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/resolv_conf.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Servers(const ForwardSettings& settings) {
  std::vector<std::string> texts;
  for (const base::SocketAddress& server : settings.servers) texts.push_back(server.ToText());
  return texts;
}

struct Parsed {
  ForwardSettings settings;
  std::vector<std::string> problems;
};

Parsed Parse(absl::string_view text) {
  LineProblems problems;
  Parsed parsed;
  parsed.settings = ParseResolvConf(text, &problems);
  for (const LineProblem& problem : problems.kept())
    parsed.problems.push_back(absl::StrCat(problem.line, ": ", problem.text));
  return parsed;
}

TEST(ResolvConfTest, AnOrdinaryFile) {
  const Parsed parsed = Parse(
      "# made by hand\n"
      "; and this\n"
      "domain example.com\n"
      "search example.com example.org\n"
      "\n"
      "nameserver 192.0.2.1\n"
      "nameserver\t2001:db8::1   # the other\n"
      "options timeout:2 attempts:4 rotate ndots:2 edns0 trust-ad single-request-reopen\n");
  EXPECT_THAT(Servers(parsed.settings), ElementsAre("192.0.2.1:53", "[2001:db8::1]:53"));
  EXPECT_EQ(parsed.settings.timeout, absl::Seconds(2));
  EXPECT_EQ(parsed.settings.attempts, 4);
  EXPECT_TRUE(parsed.settings.rotate);
  EXPECT_FALSE(parsed.settings.use_tcp);
  EXPECT_THAT(parsed.problems, IsEmpty());
}

TEST(ResolvConfTest, WithoutServersItIsThisMachine) {
  for (absl::string_view text : {"", "\n\n", "search example.com", "nameserver\n", "nameserver x"}) {
    EXPECT_THAT(Servers(Parse(text).settings), ElementsAre("127.0.0.1:53")) << text;
  }
}

TEST(ResolvConfTest, UseVc) { EXPECT_TRUE(Parse("options use-vc").settings.use_tcp); }

TEST(ResolvConfTest, ThreeServersAtMostAndEachOnce) {
  const Parsed parsed = Parse(
      "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.1\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n");
  EXPECT_THAT(Servers(parsed.settings), ElementsAre("192.0.2.1:53", "192.0.2.2:53", "192.0.2.3:53"));
  EXPECT_THAT(parsed.problems, ElementsAre("5: only the first 3 nameservers count"));
}

TEST(ResolvConfTest, AddressesAsTheLibraryTakesThem) {
  EXPECT_THAT(Servers(Parse("nameserver 127.1").settings), ElementsAre("127.0.0.1:53"));
  EXPECT_THAT(Servers(Parse("nameserver 192.0.2.1#remark").settings), ElementsAre("192.0.2.1:53"));
  EXPECT_THAT(Servers(Parse("nameserver 192.0.2.1\r\n").settings), ElementsAre("192.0.2.1:53"));
}

TEST(ResolvConfTest, AScope) {
  const ForwardSettings settings = Parse("nameserver fe80::1%1\n").settings;
  ASSERT_EQ(settings.servers.size(), 1u);
  const auto* address = reinterpret_cast<const sockaddr_in6*>(settings.servers[0].sockaddr_ptr());
  EXPECT_EQ(address->sin6_scope_id, 1u);
  EXPECT_EQ(reinterpret_cast<const sockaddr_in6*>(Parse("nameserver fe80::1%lo").settings.servers[0].sockaddr_ptr())
                ->sin6_scope_id,
            1u);
  EXPECT_THAT(Parse("nameserver fe80::1%nosuch").problems, ElementsAre("1: 'fe80::1%nosuch' is not an IP address"));
}

TEST(ResolvConfTest, NumbersAreHeldWithinTheLibrarysBounds) {
  EXPECT_EQ(Parse("options timeout:1000").settings.timeout, absl::Seconds(30));
  EXPECT_EQ(Parse("options attempts:99").settings.attempts, 5);
  EXPECT_EQ(Parse("options timeout:3\noptions timeout:4").settings.timeout, absl::Seconds(4));
  for (absl::string_view text : {"options attempts:0", "options attempts:", "options attempts:-1", "options attempts:x",
                                 "options attempts:99999999999"}) {
    const Parsed parsed = Parse(text);
    EXPECT_EQ(parsed.settings.attempts, 3) << text;
    EXPECT_EQ(parsed.problems.size(), 1u) << text;
  }
}

TEST(ResolvConfTest, JunkIsLeftOutAndNamed) {
  const Parsed parsed = Parse(
      " nameserver 192.0.2.1\n"
      "Nameserver 192.0.2.2\n"
      "nameserver example.com\n"
      "options rotate frobnicate\n"
      "nameserver 192.0.2.5");
  EXPECT_THAT(Servers(parsed.settings), ElementsAre("192.0.2.5:53"));
  EXPECT_TRUE(parsed.settings.rotate);
  EXPECT_THAT(parsed.problems,
              ElementsAre("1: a keyword stands at the beginning of its line", "2: unknown keyword 'Nameserver'",
                          "3: 'example.com' is not an IP address", "4: unknown option 'frobnicate'"));
}

}  // namespace
}  // namespace strata::recursor
