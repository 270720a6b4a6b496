// Tests of the lines' form, of levels, and of lines written by several threads at once.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <cstdint>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

const absl::Time kTime = absl::FromUnixMillis(1'769'860'800'123);

std::string Fields(std::initializer_list<LogField> fields) {
  const std::string line = FormatLogLine(kTime, LogLevel::kInfo, "", "m", fields);
  return line.substr(line.find("msg=m") + 5);
}

TEST(FormatLogLine, HasTimeLevelServiceMessageAndFields) {
  EXPECT_EQ(
      FormatLogLine(kTime, LogLevel::kInfo, "authority", "zone loaded", {{"zone", "example.com"}, {"records", 42}}),
      "time=2026-01-31T12:00:00.123Z level=info svc=authority msg=\"zone loaded\" zone=example.com records=42\n");
  EXPECT_EQ(FormatLogLine(kTime, LogLevel::kError, "", "stopped", {}),
            "time=2026-01-31T12:00:00.123Z level=error msg=stopped\n");
}

TEST(FormatLogLine, TakesValuesOfManyTypes) {
  const std::string text = "text";
  EXPECT_EQ(Fields({{"a", text}, {"b", absl::string_view("view")}, {"c", "literal"}}), " a=text b=view c=literal\n");
  EXPECT_EQ(Fields({{"a", std::numeric_limits<int64_t>::min()}, {"b", std::numeric_limits<uint64_t>::max()}}),
            " a=-9223372036854775808 b=18446744073709551615\n");
  EXPECT_EQ(Fields({{"a", uint8_t{7}}, {"b", size_t{8}}, {"c", int16_t{-9}}}), " a=7 b=8 c=-9\n");
  EXPECT_EQ(Fields({{"a", true}, {"b", false}, {"c", 0.5}}), " a=true b=false c=0.5\n");
}

TEST(FormatLogLine, QuotesWhatCouldBeMistaken) {
  EXPECT_EQ(Fields({{"a", ""}}), " a=\"\"\n");
  EXPECT_EQ(Fields({{"a", "two words"}}), " a=\"two words\"\n");
  EXPECT_EQ(Fields({{"a", "b=c"}}), " a=\"b=c\"\n");
  EXPECT_EQ(Fields({{"a", "say \"x\""}}), " a=\"say \\\"x\\\"\"\n");
  EXPECT_EQ(Fields({{"a", "it's"}, {"b", "it is '"}}), " a=it's b=\"it is '\"\n");
  EXPECT_EQ(Fields({{"a", "back\\slash"}}), " a=\"back\\\\slash\"\n");
  EXPECT_EQ(Fields({{"a", "unix:/run/strata.sock"}}), " a=unix:/run/strata.sock\n");
}

TEST(FormatLogLine, NoByteBreaksTheLine) {
  EXPECT_EQ(Fields({{"a", "x\nlevel=error\r"}}), " a=\"x\\nlevel=error\\r\"\n");
  EXPECT_EQ(Fields({{"a", absl::string_view("\0\x1B[0m\x7F", 6)}}), " a=\"\\000\\033[0m\\177\"\n");
  EXPECT_EQ(Fields({{"a", "b\u00fccher"}}), " a=\"b\u00fccher\"\n");
  EXPECT_EQ(Fields({{"a", "b\xFC"}}), " a=\"b\\374\"\n");  // not UTF-8
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    const std::string line = Fields({{"a", text}});
    EXPECT_EQ(line.find('\n'), line.size() - 1) << byte;
  }
}

TEST(Log, WritesFromTheLowestLevelOn) {
  SetLogService("tester");
  ::testing::internal::CaptureStderr();
  Log(LogLevel::kDebug, "unseen");
  Log(LogLevel::kInfo, "seen", {{"n", 1}});
  SetLogLevel(LogLevel::kError);
  EXPECT_FALSE(LogEnabled(LogLevel::kWarning));
  Log(LogLevel::kWarning, "unseen");
  SetLogLevel(LogLevel::kDebug);
  Log(LogLevel::kDebug, "seen too");
  SetLogLevel(LogLevel::kInfo);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              MatchesRegex("time=[0-9TZ:.-]+ level=info svc=tester msg=seen n=1\n"
                           "time=[0-9TZ:.-]+ level=debug svc=tester msg=\"seen too\"\n"));
}

TEST(Log, LinesOfThreadsDoNotMix) {
  SetLogService("tester");
  constexpr int kThreads = 4, kLines = 200;
  const std::string text(300, 'x');
  ::testing::internal::CaptureStderr();
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kLines; ++i) Log(LogLevel::kInfo, "line", {{"text", text}, {"end", true}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::vector<std::string> lines =
      absl::StrSplit(::testing::internal::GetCapturedStderr(), '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(kThreads * kLines));
  for (const std::string& line : lines) {
    EXPECT_THAT(line, EndsWith(" svc=tester msg=line text=" + text + " end=true"));
    EXPECT_THAT(line, Not(HasSubstr("\n")));
  }
}

TEST(LogLevel, IsAFlag) {
  for (const LogLevel level : {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning, LogLevel::kError}) {
    LogLevel read = LogLevel::kInfo;
    std::string error;
    EXPECT_TRUE(AbslParseFlag(AbslUnparseFlag(level), &read, &error));
    EXPECT_EQ(read, level);
  }
  LogLevel read = LogLevel::kInfo;
  std::string error;
  EXPECT_FALSE(AbslParseFlag("loud", &read, &error));
  EXPECT_EQ(error, "one of debug, info, warning, error");
}

}  // namespace
}  // namespace strata::base
