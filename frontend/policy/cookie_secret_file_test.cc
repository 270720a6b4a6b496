// Tests of a file of cookie secrets that changes.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/cookie_secret_file.h"

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::HasSubstr;

constexpr char kOne[] = "dd3bdf9344b678b185a6f5cb60fca715\n";
constexpr char kTwo[] = "445536bcd2513298075a5d379663c962\ndd3bdf9344b678b185a6f5cb60fca715\n";

CookieSecrets Of(const char* text) { return CookieSecrets::FromText("text", text).value(); }

class CookieSecretFileTest : public ::testing::Test {
 protected:
  void SetUp() override { Replace(kOne); }
  void TearDown() override { std::remove(path_.c_str()); }

  // As an operator should: the whole file at once.
  void Replace(const std::string& text) {
    const std::string next = path_ + ".new";
    std::ofstream(next) << text;
    ASSERT_EQ(std::rename(next.c_str(), path_.c_str()), 0);
  }

  std::unique_ptr<CookieSecretFile> Open() {
    auto file = CookieSecretFile::Open(path_, &published_);
    EXPECT_TRUE(file.ok()) << file.status();
    return file.ok() ? *std::move(file) : nullptr;
  }

  // How often something is logged and published by two looks.
  std::string LogOfTwoLooks(CookieSecretFile* file) {
    ::testing::internal::CaptureStderr();
    file->Poll();
    file->Poll();
    return ::testing::internal::GetCapturedStderr();
  }

  const std::string path_ = ::testing::TempDir() + "/cookies";
  PublishedCookieSecrets published_;
};

TEST_F(CookieSecretFileTest, IsReadAtOnceAndAgain) {
  const std::unique_ptr<CookieSecretFile> file = Open();
  EXPECT_EQ(*published_.Current(), Of(kOne));
  EXPECT_EQ(LogOfTwoLooks(file.get()), "");
  Replace(kTwo);
  EXPECT_THAT(LogOfTwoLooks(file.get()), HasSubstr("secrets=2"));
  EXPECT_EQ(*published_.Current(), Of(kTwo));
}

TEST_F(CookieSecretFileTest, ABadFileChangesNothingAndIsLoggedOnce) {
  const std::unique_ptr<CookieSecretFile> file = Open();
  Replace("dd3b\n");
  EXPECT_THAT(LogOfTwoLooks(file.get()), HasSubstr(path_ + ":1:1: a secret has 32 hexadecimal digits"));
  EXPECT_EQ(LogOfTwoLooks(file.get()), "");
  EXPECT_EQ(*published_.Current(), Of(kOne));
  Replace(kTwo);
  LogOfTwoLooks(file.get());
  EXPECT_EQ(*published_.Current(), Of(kTwo));
}

TEST_F(CookieSecretFileTest, SoDoesAFileThatIsGone) {
  const std::unique_ptr<CookieSecretFile> file = Open();
  std::remove(path_.c_str());
  EXPECT_THAT(LogOfTwoLooks(file.get()), HasSubstr(path_));
  EXPECT_EQ(LogOfTwoLooks(file.get()), "");
  EXPECT_EQ(*published_.Current(), Of(kOne));
}

TEST_F(CookieSecretFileTest, AnotherFileWithTheSameSecretsIsNoNews) {
  const std::unique_ptr<CookieSecretFile> file = Open();
  const std::shared_ptr<const CookieSecrets> before = published_.Current();
  Replace(std::string("# the same\n") + kOne);
  EXPECT_EQ(LogOfTwoLooks(file.get()), "");
  EXPECT_EQ(published_.Current(), before);
}

TEST_F(CookieSecretFileTest, ErrorsAtTheStart) {
  Replace("none\n");
  EXPECT_THAT(std::string(CookieSecretFile::Open(path_, &published_).status().message()), HasSubstr(path_ + ":1:1: "));
  std::remove(path_.c_str());
  EXPECT_THAT(std::string(CookieSecretFile::Open(path_, &published_).status().message()), HasSubstr(path_));
}

TEST_F(CookieSecretFileTest, AThreadLooks) {
  const std::unique_ptr<CookieSecretFile> file = Open();
  file->Start(absl::Milliseconds(1));
  Replace(kTwo);
  PublishedCookieSecrets::View view(published_);
  while (!(view.Refresh() == Of(kTwo))) absl::SleepFor(absl::Milliseconds(1));
}

}  // namespace
}  // namespace strata::frontend
