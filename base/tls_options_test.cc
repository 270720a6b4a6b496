// SPDX-License-Identifier: Apache-2.0
#include "base/tls_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/testing/test_certificates.h"

namespace strata::base {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TlsOptionsTest : public ::testing::Test {
 protected:
  TlsOptionsTest() {
    const TestAuthority ca("CA");
    const TestPair pair = ca.Issue({});
    std::ofstream(files_.certificate) << pair.certificate;
    std::ofstream(files_.key) << pair.key;
    std::ofstream(files_.ca) << ca.certificate();
  }

  static std::string Complaint(const TlsServerOptions& options, bool insecure = false,
                               const std::string& listen = "192.0.2.1:1") {
    const auto checked = CheckTlsServerOptions(options, insecure, listen);
    return checked.ok() ? "fine" : std::string(checked.status().message());
  }

  const std::string folder_ = ::testing::TempDir();
  const TlsFiles files_ = {folder_ + "/certificate.pem", folder_ + "/key.pem", folder_ + "/ca.pem"};
};

TEST_F(TlsOptionsTest, NoneIsPlainText) {
  const auto checked = CheckTlsServerOptions({}, false, "192.0.2.1:1");
  ASSERT_TRUE(checked.ok());
  EXPECT_FALSE(checked->has_value());
}

TEST_F(TlsOptionsTest, FrontendsAreAllowedUnlessOthersAreListed) {
  const auto by_default = CheckTlsServerOptions({files_, {}}, false, "192.0.2.1:1");
  ASSERT_TRUE(by_default.ok() && by_default->has_value()) << by_default.status();
  EXPECT_EQ((*by_default)->files, files_);
  EXPECT_THAT((*by_default)->allowed_clients, ElementsAre("frontend"));
  const auto listed = CheckTlsServerOptions({files_, {"a", "b"}}, false, "192.0.2.1:1");
  ASSERT_TRUE(listed.ok() && listed->has_value());
  EXPECT_THAT((*listed)->allowed_clients, ElementsAre("a", "b"));
}

TEST_F(TlsOptionsTest, AllThreeFilesAreNeeded) {
  EXPECT_THAT(Complaint({{"", files_.key, files_.ca}, {}}), HasSubstr("--tls_certificate is missing"));
  EXPECT_THAT(Complaint({{files_.certificate, "", files_.ca}, {}}), HasSubstr("--tls_key is missing"));
  EXPECT_THAT(Complaint({{files_.certificate, files_.key, ""}, {}}), HasSubstr("--tls_ca is missing"));
}

TEST_F(TlsOptionsTest, WhatContradicts) {
  EXPECT_THAT(Complaint({files_, {}}, /*insecure=*/true), HasSubstr("--insecure"));
  EXPECT_THAT(Complaint({files_, {}}, false, "unix:/run/socket"), HasSubstr("--listen=unix:/run/socket"));
  EXPECT_THAT(Complaint({{}, {"frontend"}}), HasSubstr("--tls_allowed_clients"));
}

TEST_F(TlsOptionsTest, UnsoundFiles) {
  EXPECT_THAT(Complaint({{files_.ca, files_.key, files_.ca}, {}}), HasSubstr("does not belong to"));
}

}  // namespace
}  // namespace strata::base
