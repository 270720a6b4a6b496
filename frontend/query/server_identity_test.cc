// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/server_identity.h"

#include <string>

#include "dns/rr_type.h"
#include "frontend/query/answer_options.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

namespace rr = dns::rr_type;
using testing::WireName;

class ServerIdentityTest : public ::testing::Test {
 protected:
  // The text of the TXT record; "none" without one.
  static std::string Answer(const ServerIdentity& identity, absl::string_view name, uint16_t type = rr::kTXT) {
    const auto answer = identity.Answer(dns::LookupName(WireName(name)), type);
    if (!answer.has_value()) return "none";
    constexpr size_t kText = 2 + 2 + 2 + 4 + 2 + 1;
    EXPECT_GT(answer->size(), kText);
    EXPECT_EQ(static_cast<uint8_t>((*answer)[kText - 1]), answer->size() - kText);
    return std::string(answer->substr(kText));
  }

  const ServerIdentity told_{{.id = "ns1", .version = "Strata 1", .nsid = "n"}};
};

TEST_F(ServerIdentityTest, TellsByEveryUsualName) {
  EXPECT_EQ(Answer(told_, "id.server."), "ns1");
  EXPECT_EQ(Answer(told_, "hostname.bind."), "ns1");
  EXPECT_EQ(Answer(told_, "version.server."), "Strata 1");
  EXPECT_EQ(Answer(told_, "VERSION.bind."), "Strata 1") << "case aside";
  EXPECT_EQ(Answer(told_, "id.server.", rr::kANY), "ns1");
  EXPECT_EQ(told_.nsid(), "n");
}

TEST_F(ServerIdentityTest, TellsNothingElse) {
  EXPECT_EQ(Answer(told_, "id.server.", rr::kA), "none");
  EXPECT_EQ(Answer(told_, "authors.bind."), "none");
  EXPECT_EQ(Answer(told_, "x.id.server."), "none");
  EXPECT_EQ(Answer(told_, "server."), "none");
}

TEST_F(ServerIdentityTest, WhatIsNotSetIsNotTold) {
  EXPECT_EQ(Answer(ServerIdentity(), "id.server."), "none");
  EXPECT_EQ(Answer(ServerIdentity(), "version.bind."), "none");
  const ServerIdentity half({.id = "", .version = "1", .nsid = ""});
  EXPECT_EQ(Answer(half, "id.server."), "none");
  EXPECT_EQ(Answer(half, "version.bind."), "1");
  EXPECT_EQ(half.nsid(), "");
}

TEST_F(ServerIdentityTest, CutsWhatWouldNotFit) {
  const std::string text(300, 'x');
  const ServerIdentity identity({.id = text, .version = "", .nsid = text});
  EXPECT_EQ(Answer(identity, "id.server."), text.substr(0, ServerIdentity::kMaxTextSize));
  EXPECT_EQ(identity.nsid(), text.substr(0, kMaxNsidSize));
}

}  // namespace
}  // namespace strata::frontend
