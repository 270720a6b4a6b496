// What people ran Twisted's name server for, with dig: forwarding with a cache and a hosts file, a zone in Python, and
// a zone in BIND's format; by strata, and by the separate processes.
//
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

enum class Server { kStrata, kProcesses };

class SeedTest : public testing::TestWithParam<Server> {
 protected:
  void SetUp() override {
    if (IsInstalled("dig")) return;
    ASSERT_EQ(getenv("CI"), nullptr) << "dig is missing: run tools/packages test";
    GTEST_SKIP() << "dig is not installed: tools/packages test brings it";
  }

  void ServeZone(const std::string& file, const std::string& format) {
    if (GetParam() == Server::kStrata) return StartStrata({absl::StrCat("--", format, "zone=", Runfile(file))});
    StartCluster({});
    const Finished zonec = RunToEnd({Runfile("zonec/zonec"), "compile", "--origin=example-domain.com", "-o",
                                     cluster_->SnapshotPath("example-domain.com"),
                                     absl::StrCat("--format=", format == "py" ? "pyzone" : format), Runfile(file)},
                                    cluster_->folder().Path("zonec"));
    ASSERT_EQ(zonec.exit_code, 0) << zonec.err;
    ASSERT_TRUE(cluster_->StartAll());
  }

  void ForwardTo(const Upstream& upstream, absl::string_view hosts) {
    const std::string hosts_file = folder_.Path("hosts");
    WriteFile(hosts_file, hosts);
    const std::vector<std::string> flags = {"--forward=" + upstream.address()};
    if (GetParam() == Server::kStrata) {
      return StartStrata({"--recursive", "--cache", flags[0], "--hosts-file=" + hosts_file});
    }
    ClusterShape shape;
    shape.authorities = 0;
    shape.caches = 1;
    shape.recursors = 1;
    shape.recursor_flags = {flags[0], "--hosts-file=" + hosts_file};
    StartCluster(shape);
    ASSERT_TRUE(cluster_->StartAll());
  }

  // What dig prints.
  std::string Dig(const std::vector<std::string>& words) {
    std::vector<std::string> command = {"dig",         "@127.0.0.1", "-p", absl::StrCat(cluster_->port()),
                                        "+timeout=10", "+tries=1"};
    command.insert(command.end(), words.begin(), words.end());
    const Finished dig = RunToEnd(command, folder_.Path("dig"));
    EXPECT_EQ(dig.exit_code, 0) << dig.out << dig.err;
    return dig.out;
  }
  std::string Short(const std::string& name, const std::string& type) { return Dig({"+short", name, type}); }

  void ExpectHowtoZone() {
    EXPECT_EQ(Short("example-domain.com", "SOA"),
              "ns1.example-domain.com. root.example-domain.com. 2003010601 3600 3600 3600 3600\n");
    EXPECT_EQ(Short("example-domain.com", "A"), "127.0.0.1\n");
    EXPECT_EQ(Short("example-domain.com", "NS"), "ns1.example-domain.com.\n");
    EXPECT_EQ(Short("example-domain.com", "MX"), "0 mail.example-domain.com.\n");
    EXPECT_EQ(Short("www.example-domain.com", "A"), "example-domain.com.\n127.0.0.1\n");
    EXPECT_EQ(Short("ftp.example-domain.com", "CNAME"), "example-domain.com.\n");
    EXPECT_EQ(Dig({"+short", "+tcp", "mail.example-domain.com", "A"}), "123.0.16.43\n");
    const std::string nothing = Dig({"nothing.example-domain.com"});
    EXPECT_TRUE(absl::StrContains(nothing, "status: NXDOMAIN")) << nothing;
    EXPECT_TRUE(absl::StrContains(nothing, ";; flags: qr aa rd")) << nothing;
  }

  const TemporaryFolder folder_;
  std::optional<Cluster> cluster_;

 private:
  void StartCluster(const ClusterShape& shape) { cluster_.emplace(shape); }
  void StartStrata(const std::vector<std::string>& flags) {
    cluster_.emplace();
    Process& strata = cluster_->StartStrata(flags);
    ASSERT_TRUE(strata.WaitUntilReady()) << strata.Describe();
  }
};

TEST_P(SeedTest, ForwardsAndRemembers) {
  Upstream upstream;
  ForwardTo(upstream, "192.0.2.77 printer.lan printer # upstairs\n");
  // Name, TTL, class, type and data.
  const auto ask = [this](const std::vector<std::string>& words) -> std::vector<std::string> {
    return absl::StrSplit(Dig(words), absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
  };
  const std::vector<std::string> words = {"+noall", "+answer", "www.outside.test", "A"};
  const std::vector<std::string> first = ask(words);
  ASSERT_EQ(first.size(), 5u);
  EXPECT_EQ(first[1], "300");
  upstream.Stop();
  absl::SleepFor(absl::Milliseconds(1100));
  const std::vector<std::string> second = ask(words);
  ASSERT_EQ(second.size(), 5u) << "Without the upstream.";
  EXPECT_EQ(second[4], first[4]);
  int ttl = 0;
  ASSERT_TRUE(absl::SimpleAtoi(second[1], &ttl));
  EXPECT_LT(ttl, 300);
  EXPECT_GT(ttl, 200);
  EXPECT_EQ(Short("printer.lan", "A"), "192.0.2.77\n");
  EXPECT_EQ(Dig({"+short", "-x", "192.0.2.77"}), "printer.lan.\n");
  EXPECT_EQ(upstream.total(), 1);
}

TEST_P(SeedTest, ServesAZoneInPython) {
  ServeZone("zonec/testdata/howto-zone.py", "py");
  ExpectHowtoZone();
}

TEST_P(SeedTest, ServesAZoneInTheFormatOfBind) {
  ServeZone("zonec/testdata/howto-zone.zone", "bind");
  ExpectHowtoZone();
}

INSTANTIATE_TEST_SUITE_P(Servers, SeedTest, testing::Values(Server::kStrata, Server::kProcesses),
                         [](const auto& info) { return info.param == Server::kStrata ? "Strata" : "Processes"; });

}  // namespace
}  // namespace strata::tests
