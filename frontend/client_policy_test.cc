// SPDX-License-Identifier: Apache-2.0
#include "frontend/client_policy.h"

#include <cstdio>
#include <fstream>
#include <string>

#include "dns/lookup_name.h"
#include "dns/rr_type.h"
#include "frontend/testing/fake_transport.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class ClientPolicyTest : public ::testing::Test {
 protected:
  const QueryHandler::Options& Made() {
    const absl::Status set = SetClientPolicy(config_, &server_);
    EXPECT_TRUE(set.ok()) << set;
    return server_.worker.handler;
  }
  std::string Error() {
    const absl::Status set = SetClientPolicy(config_, &server_);
    EXPECT_FALSE(set.ok());
    return std::string(set.message());
  }
  static bool Allows(const AccessList& list, const char* address) {
    testing::FakeTransport transport(true);
    const Client client = transport.MakeClient(0, address);
    return list.Allows(reinterpret_cast<const sockaddr*>(&client.peer));
  }
  // What is told of a name in class CH.
  std::string Told(const char* name) {
    const auto answer =
        server_.worker.handler.intake.identity->Answer(dns::LookupName(testing::WireName(name)), dns::rr_type::kTXT);
    return answer.has_value() ? std::string(*answer) : "nothing";
  }

  v1::FrontendConfig config_;
  FrontendOptions server_;
};

TEST_F(ClientPolicyTest, Defaults) {
  const QueryHandler::Options& made = Made();
  EXPECT_TRUE(Allows(made.intake.query_clients, "192.0.2.1"));
  EXPECT_FALSE(Allows(made.intake.recursion_clients, "192.0.2.1"));
  EXPECT_TRUE(Allows(made.intake.recursion_clients, "127.0.0.1"));
  EXPECT_NE(made.intake.cookie_secrets, nullptr);
  EXPECT_EQ(server_.cookie_secret_file, nullptr);
  EXPECT_EQ(made.sender.limiter, nullptr);
  EXPECT_EQ(made.max_pending_per_client, 4096u);
  EXPECT_THAT(Told("version.bind."), HasSubstr("Strata"));
  EXPECT_NE(Told("id.server."), "nothing");
  EXPECT_NE(made.intake.identity->nsid(), "");
}

TEST_F(ClientPolicyTest, AccessLists) {
  config_.add_allow_query("192.0.2.0/24");
  config_.add_allow_recursion("any");
  const QueryHandler::Options& made = Made();
  EXPECT_TRUE(Allows(made.intake.query_clients, "192.0.2.1"));
  EXPECT_FALSE(Allows(made.intake.query_clients, "127.0.0.1"));
  EXPECT_TRUE(Allows(made.intake.recursion_clients, "198.51.100.1"));
  config_.add_allow_query("192.0.2.0/33");
  EXPECT_THAT(Error(), AllOf(HasSubstr("--allow_query"), HasSubstr("192.0.2.0/33")));
}

TEST_F(ClientPolicyTest, Identity) {
  config_.set_identity("ns1");
  config_.set_server_version("none");
  EXPECT_EQ(Made().intake.identity->nsid(), "ns1") << "as the identity, unless it is set";
  EXPECT_THAT(Told("id.server."), HasSubstr("ns1"));
  EXPECT_EQ(Told("version.bind."), "nothing");
  config_.set_nsid("0x00ff10");
  EXPECT_EQ(Made().intake.identity->nsid(), absl::string_view("\0\xff\x10", 3));
  config_.set_nsid("none");
  EXPECT_EQ(Made().intake.identity->nsid(), "");
  for (const char* bad : {"0x", "0x1", "0xzz"}) {
    config_.set_nsid(bad);
    EXPECT_THAT(Error(), AllOf(HasSubstr("--nsid"), HasSubstr("hexadecimal"))) << bad;
  }
  config_.set_nsid("");
  config_.set_identity(std::string(200, 'x'));
  EXPECT_THAT(Error(), AllOf(HasSubstr("--identity"), HasSubstr("128")));
}

TEST_F(ClientPolicyTest, Cookies) {
  const std::string path = ::testing::TempDir() + "/secrets";
  std::ofstream(path) << "00112233445566778899aabbccddeeff\n";
  config_.set_cookie_secret_file(path);
  Made();
  EXPECT_NE(server_.cookie_secret_file, nullptr);
  config_.set_cookies(false);
  EXPECT_THAT(Error(), HasSubstr("--cookies=false"));
  config_.set_cookies(true);
  std::ofstream(path) << "0011\n";
  EXPECT_THAT(Error(), AllOf(HasSubstr("--cookie_secret_file"), HasSubstr(path + ":1:")));
  std::remove(path.c_str());
  EXPECT_THAT(Error(), AllOf(HasSubstr("--cookie_secret_file"), HasSubstr(path)));
}

TEST_F(ClientPolicyTest, CookiesCanBeOff) {
  config_.set_cookies(false);
  EXPECT_EQ(Made().intake.cookie_secrets, nullptr);
}

TEST_F(ClientPolicyTest, RateLimit) {
  config_.mutable_response_rate_limit()->set_responses_per_second(20);
  const QueryHandler::Options& made = Made();
  ASSERT_NE(made.sender.limiter, nullptr);
  EXPECT_EQ(made.sender.limiter, made.intake.limiter);
  config_.mutable_response_rate_limit()->set_responses_per_second(4'000'000'000);
  EXPECT_THAT(Error(), HasSubstr("response_rate_limit.responses_per_second"));
  config_.mutable_response_rate_limit()->set_responses_per_second(20);
  config_.mutable_response_rate_limit()->set_ipv4_prefix_length(33);
  EXPECT_THAT(Error(), HasSubstr("response_rate_limit.ipv4_prefix_length"));
  config_.mutable_response_rate_limit()->clear_ipv4_prefix_length();
  config_.mutable_response_rate_limit()->add_exempt("localhost");
  EXPECT_THAT(Error(), HasSubstr("response_rate_limit.exempt"));
  config_.mutable_response_rate_limit()->Clear();
  EXPECT_THAT(Error(), HasSubstr("limits nothing"));
}

}  // namespace
}  // namespace strata::frontend
