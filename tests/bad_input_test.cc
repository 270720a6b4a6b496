// What people get wrong: each mistake is named, with the exit code that scripts rely on.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr int kOk = 0, kFailed = 1, kUsage = 2, kBadConfiguration = 78;

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";

const char* const kBinaries[] = {"zonec/zonec", "authority/authority", "frontend/frontend", "standalone/strata"};
const char* const kServers[] = {"authority/authority", "frontend/frontend", "standalone/strata"};

class BadInputTest : public testing::Test {
 protected:
  // Runs one of our binaries to its end.
  Finished Run(absl::string_view binary, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), Runfile(binary));
    return RunToEnd(arguments, folder_.Path("run"));
  }
  std::string Write(absl::string_view name, absl::string_view text) {
    WriteFile(folder_.Path(name), text);
    return folder_.Path(name);
  }

  const TemporaryFolder folder_;
};

TEST_F(BadInputTest, ZoneErrorShowsFileLineColumnAndTheSpot) {
  const std::string zone = Write("bad.test.zone", std::string(kZone) + "mail A 192.0.2.3\nftp A 192.0.2.333\n");
  for (const char* command : {"check", "compile"}) {
    std::vector<std::string> arguments = {command, zone};
    if (std::string(command) == "compile") arguments.insert(arguments.end(), {"-o", folder_.Path("bad.snap")});
    const Finished zonec = Run("zonec/zonec", arguments);
    EXPECT_EQ(zonec.exit_code, kFailed);
    EXPECT_THAT(zonec.err, HasSubstr("bad.test.zone:7:7: error: "));
    EXPECT_THAT(zonec.err, HasSubstr("ftp A 192.0.2.333\n      ^"));
  }
  EXPECT_EQ(ReadFile(folder_.Path("bad.snap")), "");
  const Finished strata = Run("standalone/strata", {"--bindzone=" + zone, "--port=0", "--interface=127.0.0.1"});
  EXPECT_EQ(strata.exit_code, kFailed);
  EXPECT_THAT(strata.err, HasSubstr("bad.test.zone:7:7: error: "));
  EXPECT_THAT(strata.out, IsEmpty());
}

TEST_F(BadInputTest, MissingZoneFileIsNamed) {
  EXPECT_EQ(Run("zonec/zonec", {"check", "/nonexistent/a.zone"}).exit_code, kUsage);
  const Finished strata = Run("standalone/strata", {"--bindzone=/nonexistent/a.zone", "--port=0"});
  EXPECT_THAT(strata.exit_code, testing::AnyOf(kFailed, kUsage));
  EXPECT_THAT(strata.err, HasSubstr("/nonexistent/a.zone"));
}

TEST_F(BadInputTest, HelpIsNoError) {
  for (const char* binary : kBinaries) {
    const Finished help = Run(binary, {"--help"});
    EXPECT_EQ(help.exit_code, kOk) << binary;
    EXPECT_THAT(help.out, HasSubstr("Usage")) << binary;
    EXPECT_THAT(help.err, IsEmpty()) << binary;
  }
}

TEST_F(BadInputTest, UnknownFlagNamesTheNearest) {
  const struct {
    const char* binary;
    const char* flag;
    const char* nearest;
  } kCases[] = {{"authority/authority", "--snapshot=/tmp", "--snapshots"},
                {"frontend/frontend", "--autority=unix:/tmp/x", "--authority"},
                {"frontend/frontend", "--max-udp-sice=1232", "max"},
                {"standalone/strata", "--bind-zone=x", "--bindzone"}};
  for (const auto& c : kCases) {
    const Finished run = Run(c.binary, {c.flag});
    EXPECT_EQ(run.exit_code, kUsage) << c.binary;
    EXPECT_THAT(run.err, HasSubstr(c.nearest)) << c.binary;
  }
  EXPECT_EQ(Run("zonec/zonec", {"check", "--strickt", "x"}).exit_code, kUsage);
}

TEST_F(BadInputTest, FlagsMayBeWrittenWithHyphens) {
  EXPECT_EQ(Run("frontend/frontend", {"--check-config", "--max-udp-size=1400", "--authority=unix:/tmp/x"}).exit_code,
            kOk);
}

TEST_F(BadInputTest, UnknownConfigurationKeyIsNamedWithItsPlace) {
  for (const char* binary : kServers) {
    const std::string file = Write("bad.yaml", "# A comment.\nworkers: 1\nlisen: 127.0.0.1:5399\n");
    const Finished run = Run(binary, {"--config=" + file, "--check_config"});
    EXPECT_EQ(run.exit_code, kBadConfiguration) << binary;
    EXPECT_THAT(run.err, HasSubstr(file + ":3")) << binary;
    EXPECT_THAT(run.err, HasSubstr("lisen")) << binary;
  }
}

TEST_F(BadInputTest, WrongConfigurationValueIsNamedWithItsPlace) {
  const std::string file = Write("bad.yaml", "authority: [\"unix:/tmp/x\"]\nmax_udp_size: large\n");
  const Finished run = Run("frontend/frontend", {"--config=" + file, "--check_config"});
  EXPECT_EQ(run.exit_code, kBadConfiguration);
  EXPECT_THAT(run.err, HasSubstr(file + ":2"));
  EXPECT_THAT(run.err, HasSubstr("max_udp_size"));
}

TEST_F(BadInputTest, MissingConfigurationFileIsNamed) {
  for (const char* binary : kServers) {
    const Finished run = Run(binary, {"--config=/nonexistent/a.yaml", "--check_config"});
    EXPECT_EQ(run.exit_code, kBadConfiguration) << binary;
    EXPECT_THAT(run.err, HasSubstr("/nonexistent/a.yaml")) << binary;
  }
}

TEST_F(BadInputTest, GoodConfigurationIsAccepted) {
  const std::string frontend = Write("frontend.yaml", "authority: [\"unix:/tmp/x\"]\n");
  EXPECT_EQ(Run("frontend/frontend", {"--config=" + frontend, "--check_config"}).exit_code, kOk);
  const std::string authority = Write("authority.yaml", "snapshots: /tmp\n");
  EXPECT_EQ(Run("authority/authority", {"--config=" + authority, "--check_config"}).exit_code, kOk);
}

TEST_F(BadInputTest, WhatIsRequiredIsAskedFor) {
  const Finished frontend = Run("frontend/frontend", {"--listen=127.0.0.1:0"});
  EXPECT_EQ(frontend.exit_code, kUsage);
  EXPECT_THAT(frontend.err, HasSubstr("--authority"));
  const Finished authority = Run("authority/authority", {"--listen=127.0.0.1:0"});
  EXPECT_EQ(authority.exit_code, kUsage);
  EXPECT_THAT(authority.err, HasSubstr("--snapshots"));
  const Finished strata = Run("standalone/strata", {"--port=0"});
  EXPECT_EQ(strata.exit_code, kUsage);
  EXPECT_THAT(strata.err, HasSubstr("zone"));
}

TEST_F(BadInputTest, MissingSnapshotFolderIsNamed) {
  const Finished run =
      Run("authority/authority", {"--listen=unix:" + folder_.Path("a.sock"), "--snapshots=/nonexistent/snapshots"});
  EXPECT_NE(run.exit_code, kOk);
  EXPECT_THAT(run.err, HasSubstr("--snapshots"));
  EXPECT_THAT(run.err, HasSubstr("/nonexistent/snapshots"));
  EXPECT_THAT(run.out, IsEmpty());
}

// Nothing that another machine could read leaves by mistake.
TEST_F(BadInputTest, PlainTextToOtherMachinesMustBeAskedFor) {
  const Finished authority =
      Run("authority/authority", {"--listen=0.0.0.0:0", "--snapshots=" + folder_.path(), "--check_config"});
  const Finished frontend = Run("frontend/frontend", {"--authority=192.0.2.1:5303", "--check_config"});
  EXPECT_NE(frontend.exit_code, kOk);
  EXPECT_THAT(frontend.err, HasSubstr("insecure"));
  const Finished served = Run("authority/authority", {"--listen=0.0.0.0:0", "--snapshots=" + folder_.path()});
  EXPECT_NE(served.exit_code, kOk);
  EXPECT_THAT(served.err, HasSubstr("insecure"));
}

class SecondStartTest : public BadInputTest {
 protected:
  void ExpectRefused(absl::string_view binary, const std::vector<std::string>& arguments, absl::string_view address) {
    const Finished second = Run(binary, arguments);
    EXPECT_EQ(second.exit_code, kFailed) << second.err;
    EXPECT_THAT(second.err, HasSubstr(std::string(address)));
    EXPECT_THAT(second.err, HasSubstr("another process"));
    EXPECT_THAT(second.out, IsEmpty());
  }
};

TEST_F(SecondStartTest, PortsInUseAreNamedAndTheFirstServesOn) {
  Cluster cluster;
  cluster.WriteZone("port.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  const std::string listen = absl::StrCat("127.0.0.1:", cluster.port());
  ExpectRefused("frontend/frontend", {"--listen=" + listen, "--authority=" + cluster.AuthorityAddress(0)}, listen);
  const std::string zone = Write("port.test.zone", kZone);
  ExpectRefused("standalone/strata",
                {"--bindzone=" + zone, "--interface=127.0.0.1", absl::StrCat("--port=", cluster.port())}, listen);
  ExpectRefused("authority/authority",
                {"--listen=" + cluster.AuthorityAddress(0), "--snapshots=" + cluster.snapshots(),
                 "--state=" + cluster.StatePath(0)},
                ".sock");
  const absl::StatusOr<dns::Message> answer = Ask(cluster.port(), "www.port.test.", dns::rr_type::kA);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->answer.size(), 1u);
}

TEST_F(SecondStartTest, GrpcPortIsNotShared) {
  Cluster cluster;
  const std::string listen = absl::StrCat("127.0.0.1:", UnusedPort());
  Process first({Runfile("authority/authority"), "--listen=" + listen, "--snapshots=" + cluster.snapshots(),
                 "--state=" + folder_.Path("s1")},
                folder_.Path("first"));
  ASSERT_TRUE(first.WaitUntilReady()) << first.Describe();
  ExpectRefused("authority/authority",
                {"--listen=" + listen, "--snapshots=" + cluster.snapshots(), "--state=" + folder_.Path("s2")}, listen);
  EXPECT_TRUE(first.running());
}

TEST_F(BadInputTest, SocketFileLeftByAKilledAuthorityIsTakenOver) {
  Cluster cluster;
  cluster.WriteZone("port.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  cluster.authority(0).Kill();
  Process& again = cluster.StartAuthority(0);
  EXPECT_TRUE(again.WaitUntilReady()) << again.Describe();
}

}  // namespace
}  // namespace strata::tests
