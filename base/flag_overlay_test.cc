// Tests of flags laid over a configuration.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/flag_overlay.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/time/time.h"
#include "base/repeated_flag.h"
#include "base/testing/test_config.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

// Flags of the names of TestConfig's fields.
ABSL_FLAG(std::string, listen, "default", "");
ABSL_FLAG(bool, verbose, true, "");
ABSL_FLAG(uint32_t, port, 53, "");
ABSL_FLAG(std::string, any, "any_policy_minimal_udp", "");
ABSL_FLAG(std::vector<std::string>, zone, {"default"}, "");
ABSL_FLAG(std::string, path, "", "");
ABSL_FLAG(absl::Duration, drain, absl::Seconds(1), "");
ABSL_FLAG(std::string, main_group, "", "of a kind that cannot be laid over");
ABSL_FLAG(int32_t, offset, 0, "of a kind that cannot be laid over");
ABSL_FLAG(strata::base::RepeatedFlag, policies, {}, "of a kind that cannot be laid over");
ABSL_FLAG(std::string, unrelated, "", "no field has this name");

namespace strata::base {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TestConfig;

class FlagOverlayTest : public ::testing::Test {
 protected:
  absl::Status Overlay(const std::vector<std::string>& args) {
    const auto line = ParseCommandLine(args, {.summary = "tests flags", .arguments = "", .short_options = {}});
    EXPECT_TRUE(line.ok()) << line.status();
    return line.ok() ? OverlayFlags(*line, &config_) : line.status();
  }
  void ExpectOverlay(const std::vector<std::string>& args) {
    const absl::Status status = Overlay(args);
    EXPECT_TRUE(status.ok()) << status;
  }

  absl::FlagSaver restore_flags_;
  TestConfig config_;
};

TEST_F(FlagOverlayTest, EveryKind) {
  ExpectOverlay(
      {"--listen=a:1", "--verbose", "--port=4000000000", "--any=any_policy_full", "--zone=x,y", "--drain=1m2.5s"});
  EXPECT_EQ(config_.listen(), "a:1");
  EXPECT_TRUE(config_.verbose());
  EXPECT_EQ(config_.port(), 4000000000u);
  EXPECT_EQ(config_.any(), TestConfig::ANY_POLICY_FULL);
  EXPECT_THAT(config_.zone(), ElementsAre("x", "y"));
  EXPECT_EQ(config_.drain().seconds(), 62);
  EXPECT_EQ(config_.drain().nanos(), 500000000);
}

TEST_F(FlagOverlayTest, DurationsOfAnySign) {
  ExpectOverlay({"--drain=-1.25s"});
  EXPECT_EQ(config_.drain().seconds(), -1);
  EXPECT_EQ(config_.drain().nanos(), -250000000);
  ExpectOverlay({"--drain=0"});
  EXPECT_TRUE(config_.has_drain());
  EXPECT_EQ(config_.drain().seconds(), 0);
  const absl::Status endless = Overlay({"--drain=inf"});
  EXPECT_EQ(endless.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(endless.message()), HasSubstr("--drain=inf: a time with its unit"));
}

TEST_F(FlagOverlayTest, FlagsThatWereNotGivenChangeNothing) {
  config_.set_listen("file");
  config_.set_port(1);
  config_.add_zone("file");
  const TestConfig before = config_;
  ExpectOverlay({});
  ExpectOverlay({"--unrelated=x"});
  EXPECT_TRUE(MessageDifferencer::Equals(config_, before)) << "defaults of flags are no values";
}

TEST_F(FlagOverlayTest, FlagWinsOverTheFile) {
  config_.set_listen("file");
  config_.set_verbose(true);
  config_.set_port(1);
  config_.set_any(TestConfig::ANY_POLICY_FULL);
  config_.add_zone("file");
  ExpectOverlay({"--listen=", "--noverbose", "--port=0", "--any=any_policy_unspecified", "--zone=flag"});
  EXPECT_EQ(config_.listen(), "") << "even with nothing";
  EXPECT_FALSE(config_.verbose());
  EXPECT_EQ(config_.port(), 0u);
  EXPECT_EQ(config_.any(), TestConfig::ANY_POLICY_UNSPECIFIED);
  EXPECT_THAT(config_.zone(), ElementsAre("flag")) << "a list replaces the list";
}

TEST_F(FlagOverlayTest, GivenWithItsDefaultIsGiven) {
  config_.set_listen("file");
  ExpectOverlay({"--listen=default"});
  EXPECT_EQ(config_.listen(), "default");
}

TEST_F(FlagOverlayTest, EmptyListAndEmptyElements) {
  config_.add_zone("file");
  ExpectOverlay({"--zone="});
  EXPECT_THAT(config_.zone(), IsEmpty());
  ExpectOverlay({"--zone=a,,b,"});
  EXPECT_THAT(config_.zone(), ElementsAre("a", "b"));
}

TEST_F(FlagOverlayTest, UnknownEnumValue) {
  const absl::Status status = Overlay({"--any=most"});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()),
              AllOf(HasSubstr("--any=most"), HasSubstr("any_policy_minimal_udp, any_policy_full")));
}

TEST_F(FlagOverlayTest, KindThatNoFlagCanSet) {
  EXPECT_EQ(Overlay({"--offset=1"}).code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Overlay({"--main_group=x"}).code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace strata::base
