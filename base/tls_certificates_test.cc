// SPDX-License-Identifier: Apache-2.0
#include "base/tls_certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/time/clock.h"
#include "base/testing/test_certificates.h"

namespace strata::base {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class TlsCertificatesTest : public ::testing::Test {
 protected:
  TlsCertificatesTest() {
    Write(files_.ca, ca_.certificate());
    WritePair("first");
  }

  static void Write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

  void WritePair(const std::string& name, absl::Duration ends = absl::Hours(24)) {
    const TestPair pair = ca_.Issue({.dns = {name}, .ends = ends});
    Write(files_.certificate, pair.certificate);
    Write(files_.key, pair.key);
  }

  // What is logged meanwhile. A change counts at the second look, and a complaint is told at the third.
  static std::string LookThrice(TlsCertificates* certificates, absl::Time now = absl::Now()) {
    ::testing::internal::CaptureStderr();
    for (int i = 0; i < 3; ++i) certificates->Look(now);
    return ::testing::internal::GetCapturedStderr();
  }

  std::unique_ptr<TlsCertificates> Open() const {
    auto certificates = TlsCertificates::Open(files_, TlsSide::kServer, /*watch=*/false);
    EXPECT_TRUE(certificates.ok()) << certificates.status();
    return *std::move(certificates);
  }

  const TestAuthority ca_{"CA"};
  const std::string folder_ = ::testing::TempDir();
  const TlsFiles files_ = {folder_ + "/certificate.pem", folder_ + "/key.pem", folder_ + "/ca.pem"};
};

TEST_F(TlsCertificatesTest, TakesInWhatChanged) {
  const auto certificates = Open();
  EXPECT_EQ(certificates->identity().name, "first");
  EXPECT_THAT(LookThrice(certificates.get()), IsEmpty());
  WritePair("second");
  EXPECT_THAT(LookThrice(certificates.get()), AllOf(HasSubstr("certificate=second"), HasSubstr("level=info")));
  EXPECT_EQ(certificates->identity().name, "second");
}

TEST_F(TlsCertificatesTest, AKeyThatComesLaterIsWaitedFor) {
  const auto certificates = Open();
  const TestPair pair = ca_.Issue({.dns = {"second"}});
  Write(files_.certificate, pair.certificate);
  certificates->Look(absl::Now());
  certificates->Look(absl::Now());
  EXPECT_EQ(certificates->identity().name, "first");
  Write(files_.key, pair.key);
  EXPECT_THAT(LookThrice(certificates.get()), HasSubstr("TLS files changed"));
  EXPECT_EQ(certificates->identity().name, "second");
}

TEST_F(TlsCertificatesTest, WhatIsNotSoundIsToldOnceAndNotTakenIn) {
  const auto certificates = Open();
  const std::string key = certificates->identity().key;
  Write(files_.key, key.substr(0, key.size() / 2));
  EXPECT_THAT(LookThrice(certificates.get()),
              AllOf(HasSubstr("level=error"), HasSubstr("--tls_key=" + files_.key), HasSubstr("in_use=first")));
  EXPECT_THAT(LookThrice(certificates.get()), IsEmpty());
  EXPECT_EQ(certificates->identity().key, key);
  WritePair("second");
  EXPECT_THAT(LookThrice(certificates.get()), AllOf(HasSubstr("TLS files changed"), Not(HasSubstr("level=error"))));
}

TEST_F(TlsCertificatesTest, AFileThatGoesAndComesBack) {
  const auto certificates = Open();
  ASSERT_EQ(remove(files_.key.c_str()), 0);
  EXPECT_THAT(LookThrice(certificates.get()), AllOf(HasSubstr("--tls_key=" + files_.key), HasSubstr("No such file")));
  EXPECT_THAT(LookThrice(certificates.get()), IsEmpty());
  Write(files_.key, certificates->identity().key);
  EXPECT_THAT(LookThrice(certificates.get()), HasSubstr("TLS files changed"));
}

TEST_F(TlsCertificatesTest, WarnsWhenATenthOfTheTimeIsLeft) {
  const auto certificates = Open();
  const absl::Time expires = certificates->identity().expires;
  EXPECT_THAT(LookThrice(certificates.get(), expires - absl::Hours(3)), IsEmpty());
  EXPECT_THAT(LookThrice(certificates.get(), expires - absl::Hours(2)), HasSubstr("expires soon"));
  EXPECT_THAT(LookThrice(certificates.get(), expires - absl::Minutes(70)), IsEmpty()) << "Once an hour.";
  EXPECT_THAT(LookThrice(certificates.get(), expires + absl::Seconds(1)), HasSubstr("has expired"));
}

TEST_F(TlsCertificatesTest, FilesThatAreUnsoundFromTheStart) {
  WritePair("late", -absl::Seconds(10));
  const auto certificates = TlsCertificates::Open(files_, TlsSide::kServer, /*watch=*/false);
  EXPECT_THAT(std::string(certificates.status().message()), HasSubstr("expired at"));
}

}  // namespace
}  // namespace strata::base
