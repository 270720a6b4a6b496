// dig and kdig with the EDNS options that people try: they print of us what they print of Knot.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kOrigin[] = "tools.test";

std::string ZoneText() {
  std::string text =
      "$TTL 60\n"
      "@ SOA ns root 1 3600 600 86400 60\n"
      "@ NS ns\n"
      "ns A 192.0.2.1\n"
      "www A 192.0.2.2\n";
  // Between 512 and 1232 octets, and more than that.
  for (int i = 0; i < 40; ++i) absl::StrAppend(&text, "medium A 10.0.0.", i, "\n");
  for (int i = 0; i < 120; ++i) absl::StrAppend(&text, "large A 10.0.1.", i, "\n");
  return text;
}

// $0: folder, $1: port, $2: zone file.
constexpr char kKnotConfiguration[] = R"(server:
    rundir: $0
    listen: 127.0.0.1@$1
    nsid: ns1
    identity: ns1
    version: "Version 1"
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: $0
mod-cookies:
  - id: default
template:
  - id: default
    global-module: mod-cookies/default
zone:
  - domain: tools.test
    file: $2
    zonefile-sync: -1
    journal-content: none
)";

class EdnsToolsTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* program : {"dig", "kdig", "knotd"}) {
      if (IsInstalled(program)) continue;
      ASSERT_EQ(getenv("CI"), nullptr) << program << " is missing: run tools/packages test";
      GTEST_SKIP() << program << " is not installed: tools/packages test brings it";
    }
    cluster_.WriteZone(kOrigin, ZoneText());
    ASSERT_TRUE(cluster_.StartAll());
    const std::string zone = folder_.Path("zone");
    WriteFile(zone, ZoneText());
    const std::string file = folder_.Path("knot.conf");
    WriteFile(file, absl::Substitute(kKnotConfiguration, folder_.path(), knot_port_, zone));
    knot_ = std::make_unique<Process>(std::vector<std::string>{"knotd", "-c", file}, folder_.Path("knot"));
    const absl::Time end = absl::Now() + absl::Seconds(20);
    const std::string apex = absl::StrCat(kOrigin, ".");
    while (knot_->running() && !Ask(knot_port_, apex, dns::rr_type::kSOA, {}, absl::Milliseconds(300)).ok()) {
      ASSERT_LT(absl::Now(), end) << knot_->Describe();
    }
    ASSERT_TRUE(knot_->running()) << knot_->Describe();
  }

  // What the tool prints of a server, without what differs from run to run: IDs, times, ports, octets of our cookies.
  std::string Print(uint16_t port, std::vector<std::string> command) {
    command.insert(command.begin() + 1, {"@127.0.0.1", "-p", absl::StrCat(port)});
    const Finished tool = RunToEnd(command, folder_.Path("tool"));
    EXPECT_EQ(tool.exit_code, 0) << tool.out << tool.err;
    std::string out = tool.out;
    // Our own failures say why (RFC 8914); Knot's don't.
    if (absl::StrContains(out, "EDE: ")) {
      out = std::regex_replace(out, std::regex("; EDE: .*\n"), "");
      out = std::regex_replace(out, std::regex(";; MSG SIZE .*"), ";; MSG SIZE");
    }
    for (const auto& [pattern, text] : std::vector<std::pair<const char*, const char*>>{
             {"id: [0-9]+", "id: N"},
             // Knot asks for a cookie at first; we do under attack only.
             {";; BADCOOKIE, retrying.\n", ""},
             {";; (Query time|WHEN|Received|From|Time|SERVER).*", ""},
             {"; <<>>.*", ""},
             // The client's half stays, where it was given.
             {"COOKIE: ([0-9a-fA-F]{16})[0-9a-fA-F]{32}", "COOKIE: $1 SERVER"},
             {"10\\.0\\.[01]\\.[0-9]+", "10.0.X.X"},  // the order of records is a server's own
         }) {
      out = std::regex_replace(out, std::regex(pattern), text);
    }
    return out;
  }
  std::string OfUs(const std::vector<std::string>& command) { return Print(cluster_.port(), command); }

  void ExpectAsKnot(const std::vector<std::string>& command) {
    std::string knot = Print(knot_port_, command);
    const std::string ours = OfUs(command);
    if (!absl::StrContains(ours, "MSG SIZE  "))
      knot = std::regex_replace(knot, std::regex(";; MSG SIZE .*"), ";; MSG SIZE");
    EXPECT_EQ(ours, knot) << testing::PrintToString(command);
  }

  Cluster cluster_{{.frontend_flags = {"--identity=ns1", "--server_version=Version 1"}}};
  const TemporaryFolder folder_;
  const uint16_t knot_port_ = UnusedPort();
  std::unique_ptr<Process> knot_;
};

TEST_F(EdnsToolsTest, Cookies) {
  ExpectAsKnot({"dig", "+cookie=0123456789abcdef", "www.tools.test"});
  ExpectAsKnot({"dig", "+cookie=0123456789abcdef", "nothing.tools.test"});
  ExpectAsKnot({"dig", "+nocookie", "www.tools.test"});
  ExpectAsKnot({"dig", "+cookie=0123456789abcdef", "+tcp", "www.tools.test"});
  // A server cookie that is not ours is no reason to refuse, nor is one that is too short to be any.
  ExpectAsKnot({"dig", "+cookie=0123456789abcdef00112233445566778899aabbccddeeff", "www.tools.test"});
  ExpectAsKnot({"dig", "+cookie=0123456789abcdef00", "www.tools.test"});
  ExpectAsKnot({"kdig", "+cookie=0123456789abcdef", "+tcp", "www.tools.test"});
}

TEST_F(EdnsToolsTest, ACookieIsAcceptedWhereItCameFrom) {
  const std::vector<std::string> command = {"dig",     "@127.0.0.1",    "-p", absl::StrCat(cluster_.port()),
                                            "+cookie", "www.tools.test"};
  const std::string first = RunToEnd(command, folder_.Path("tool")).out;
  EXPECT_THAT(first, HasSubstr("(good)")) << "dig has checked that its own half came back";
  std::smatch cookie;
  ASSERT_TRUE(std::regex_search(first, cookie, std::regex("COOKIE: ([0-9a-f]{48})"))) << first;
  std::vector<std::string> again = command;
  again[4] = absl::StrCat("+cookie=", cookie[1].str());
  EXPECT_THAT(RunToEnd(again, folder_.Path("tool")).out, HasSubstr(cookie[1].str())) << "it is kept";
}

TEST_F(EdnsToolsTest, Identity) {
  ExpectAsKnot({"dig", "+nocookie", "+nsid", "www.tools.test"});
  ExpectAsKnot({"kdig", "+nsid", "www.tools.test"});
  for (const char* name : {"id.server", "hostname.bind", "version.bind", "VERSION.server", "other.server"}) {
    ExpectAsKnot({"dig", "+nocookie", "CH", "TXT", name});
    ExpectAsKnot({"kdig", "CH", "A", name});
  }
}

TEST_F(EdnsToolsTest, Sizes) {
  for (const char* name : {"www.tools.test", "medium.tools.test", "large.tools.test"}) {
    for (const char* size : {"+bufsize=512", "+bufsize=1232", "+bufsize=4096", "+noedns"}) {
      ExpectAsKnot({"dig", "+nocookie", "+ignore", size, name});
      ExpectAsKnot({"dig", "+nocookie", size, name});
    }
    ExpectAsKnot({"kdig", "+bufsize=512", "+ignore", name});
  }
}

TEST_F(EdnsToolsTest, ConnectionsAreKeptOpen) {
  ExpectAsKnot({"dig", "+nocookie", "+tcp", "+keepopen", "www.tools.test", "medium.tools.test", "large.tools.test"});
  ExpectAsKnot({"kdig", "+tcp", "+keepopen", "www.tools.test", "nothing.tools.test"});
}

// Knot has no edns-tcp-keepalive (RFC 7828).
TEST_F(EdnsToolsTest, KeepaliveIsToldOverTcpOnly) {
  EXPECT_THAT(OfUs({"dig", "+tcp", "+keepalive", "www.tools.test"}), HasSubstr("TCP KEEPALIVE: 10.0 secs"));
  EXPECT_THAT(OfUs({"dig", "+tcp", "www.tools.test"}), Not(HasSubstr("KEEPALIVE")));
  EXPECT_THAT(OfUs({"dig", "+keepalive", "www.tools.test"}), Not(HasSubstr("KEEPALIVE")));
}

// RFC 9660; dig prints it as an option that it does not know. Two labels, type 0, and the serial.
TEST_F(EdnsToolsTest, TheZonesVersion) {
  for (const char* name : {"www.tools.test", "nothing.tools.test", "large.tools.test"}) {
    for (const char* transport : {"+tcp", "+notcp"}) {
      EXPECT_THAT(OfUs({"dig", transport, "+ednsopt=19", name}), HasSubstr("OPT=19: 02 00 00 00 00 01")) << name;
    }
  }
  // In 512 octets, without its records.
  EXPECT_THAT(OfUs({"dig", "+ignore", "+bufsize=512", "+ednsopt=19", "large.tools.test"}),
              AllOf(HasSubstr(" tc"), HasSubstr("OPT=19: 02 00 00 00 00 01")));
  EXPECT_THAT(OfUs({"dig", "+ednsopt=19:00", "www.tools.test"}), AllOf(HasSubstr("FORMERR"), Not(HasSubstr("OPT=19"))));
  EXPECT_THAT(OfUs({"dig", "www.tools.test"}), Not(HasSubstr("OPT=19")));
  EXPECT_THAT(OfUs({"dig", "+ednsopt=19", "elsewhere.test"}), Not(HasSubstr("OPT=19")));
}

TEST_F(EdnsToolsTest, OtherOptionsAreIgnored) {
  ExpectAsKnot({"dig", "+nocookie", "+subnet=192.0.2.0/24", "www.tools.test"});
  ExpectAsKnot({"dig", "+nocookie", "+ednsopt=65001:010203", "www.tools.test"});
  ExpectAsKnot({"dig", "+nocookie", "+ednsflags=0x4000", "www.tools.test"});
  ExpectAsKnot({"dig", "+nocookie", "+edns=1", "+noednsneg", "www.tools.test"});
  ExpectAsKnot({"dig", "+nocookie", "+dnssec", "www.tools.test"});
}

}  // namespace
}  // namespace strata::tests
