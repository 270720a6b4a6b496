// SPDX-License-Identifier: Apache-2.0
#include "base/tls_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "base/testing/test_certificates.h"

namespace strata::base {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const TlsFiles kFiles = {"server.pem", "server.key", "ca.pem"};

std::string Complaint(const TlsFiles& texts, TlsSide side = TlsSide::kServer) {
  const absl::StatusOr<TlsIdentity> identity = CheckTlsTexts(kFiles, texts, side, absl::Now());
  return identity.ok() ? "sound" : std::string(identity.status().message());
}

class TlsFilesTest : public ::testing::Test {
 protected:
  TlsFiles TextsOf(const TestSubject& subject) const {
    const TestPair pair = ca_.Issue(subject);
    return {pair.certificate, pair.key, ca_.certificate()};
  }

  const TestAuthority ca_{"CA"};
  const TlsFiles sound_ = TextsOf({.common_name = "common", .dns = {"first", "second"}});
};

TEST_F(TlsFilesTest, SoundOnes) {
  const absl::Time now = absl::Now();
  const absl::StatusOr<TlsIdentity> identity = CheckTlsTexts(kFiles, sound_, TlsSide::kServer, now);
  ASSERT_TRUE(identity.ok()) << identity.status();
  EXPECT_EQ(identity->name, "first");
  EXPECT_GT(identity->expires, now + absl::Hours(23));
  EXPECT_LT(identity->begins, now);
  EXPECT_EQ(identity->certificate, sound_.certificate);
  EXPECT_EQ(identity->key, sound_.key);
  EXPECT_EQ(identity->ca, sound_.ca);
  EXPECT_EQ(Complaint(sound_, TlsSide::kClient), "sound");
  const auto unnamed = CheckTlsTexts(kFiles, TextsOf({.common_name = "common"}), TlsSide::kServer, now);
  ASSERT_TRUE(unnamed.ok());
  EXPECT_EQ(unnamed->name, "common");
}

TEST_F(TlsFilesTest, OnlyWhatIsMeantToBeThereIsHandedOn) {
  TlsFiles mixed = sound_;
  mixed.certificate = "remarks\n" + sound_.key + sound_.certificate + ca_.certificate();
  mixed.key = sound_.certificate + sound_.key;
  const auto identity = CheckTlsTexts(kFiles, mixed, TlsSide::kServer, absl::Now());
  ASSERT_TRUE(identity.ok()) << identity.status();
  EXPECT_EQ(identity->certificate, sound_.certificate + ca_.certificate());
  EXPECT_EQ(identity->key, sound_.key);
}

TEST_F(TlsFilesTest, KeyOfAnotherCertificate) {
  TlsFiles texts = sound_;
  texts.key = ca_.Issue({}).key;
  EXPECT_THAT(Complaint(texts), AllOf(HasSubstr("--tls_key=server.key"), HasSubstr("--tls_certificate=server.pem")));
}

TEST_F(TlsFilesTest, CutOffAnywhere) {
  // The last line break may be missing.
  for (size_t size = 0; size + 1 < sound_.certificate.size(); size += 7) {
    TlsFiles texts = sound_;
    texts.certificate.resize(size);
    EXPECT_THAT(Complaint(texts), HasSubstr("--tls_certificate=server.pem")) << size;
    texts = sound_;
    texts.ca += texts.ca.substr(0, size);
    // What is too little for a first line is nothing.
    if (size <= 30 || size + 1 >= sound_.ca.size()) continue;
    EXPECT_THAT(Complaint(texts), AllOf(HasSubstr("--tls_ca=ca.pem"), HasSubstr("certificate 2")));
  }
  for (size_t size = 0; size + 1 < sound_.key.size(); size += 7) {
    TlsFiles texts = sound_;
    texts.key.resize(size);
    EXPECT_THAT(Complaint(texts), HasSubstr("--tls_key=server.key")) << size;
  }
}

TEST_F(TlsFilesTest, Expiry) {
  EXPECT_THAT(Complaint(TextsOf({.begins = -absl::Hours(2), .ends = -absl::Hours(1)})),
              AllOf(HasSubstr("--tls_certificate=server.pem"), HasSubstr("expired at")));
  EXPECT_THAT(Complaint(TextsOf({.begins = absl::Hours(1)})), HasSubstr("not valid before"));
  const auto later = CheckTlsTexts(kFiles, TextsOf({.ends = absl::Hours(24 * 365)}), TlsSide::kServer,
                                   absl::Now() + absl::Hours(24 * 100));
  EXPECT_THAT(std::string(later.status().message()), AllOf(HasSubstr("--tls_ca=ca.pem"), HasSubstr("expired at")));
}

TEST_F(TlsFilesTest, Purpose) {
  const TlsFiles client = TextsOf({.extended_key_usage = "clientAuth"});
  EXPECT_EQ(Complaint(client, TlsSide::kClient), "sound");
  EXPECT_THAT(Complaint(client, TlsSide::kServer), HasSubstr("serverAuth"));
  EXPECT_THAT(Complaint(TextsOf({.extended_key_usage = "serverAuth"}), TlsSide::kClient), HasSubstr("clientAuth"));
  EXPECT_EQ(Complaint(TextsOf({.extended_key_usage = ""})), "sound");
}

TEST(ReadTlsFilesTest, SaysWhichFileCannotBeRead) {
  const auto identity = ReadTlsFiles({"/nowhere/server.pem", "", ""}, TlsSide::kServer, absl::Now());
  EXPECT_THAT(std::string(identity.status().message()),
              AllOf(HasSubstr("--tls_certificate=/nowhere/server.pem"), HasSubstr("No such file")));
}

}  // namespace
}  // namespace strata::base
