// TLS between the services: who is let in, what is refused and with which words, and certificates that change.
//
// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/testing/test_certificates.h"
#include "dns/message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

using base::TestAuthority;
using base::TestPair;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";
constexpr absl::Duration kTimeout = absl::Seconds(30);

bool IsRight(const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    cluster_.WriteZone("tls.test", kZone);
    WriteFile(Path("hosts"), "192.0.2.2 host.example\n");
    for (const char* service : {"authority", "cache", "recursor"}) {
      addresses_[service] = absl::StrCat("127.0.0.1:", UnusedPort());
      WritePair(service, ca_, {.dns = {service}, .ip = {"127.0.0.1"}});
      WriteCa(service, {&ca_});
    }
    WritePair("frontend", ca_, {.dns = {"frontend"}});
    WriteCa("frontend", {&ca_});
  }

  std::string Path(const std::string& name) const { return cluster_.folder().Path(name); }

  void WritePair(const std::string& name, const TestAuthority& ca, const base::TestSubject& subject) const {
    const TestPair pair = ca.Issue(subject);
    ReplaceFile(Path(name + ".pem"), pair.certificate);
    ReplaceFile(Path(name + ".key"), pair.key);
  }
  void WriteCa(const std::string& name, const std::vector<const TestAuthority*>& authorities) const {
    std::string bundle;
    for (const TestAuthority* ca : authorities) bundle += ca->certificate();
    ReplaceFile(Path(name + ".ca"), bundle);
  }

  std::vector<std::string> TlsFlags(const std::string& name) const {
    return {"--tls_certificate=" + Path(name + ".pem"), "--tls_key=" + Path(name + ".key"),
            "--tls_ca=" + Path(name + ".ca")};
  }

  std::unique_ptr<Process> Start(const std::string& binary, const std::string& name, std::vector<std::string> flags,
                                 const std::vector<std::string>& more) const {
    std::vector<std::string> command = {Runfile(absl::StrCat(binary, "/", binary)), "--workers=1"};
    command.insert(command.end(), flags.begin(), flags.end());
    command.insert(command.end(), more.begin(), more.end());
    return std::make_unique<Process>(command, Path(name + ".output"));
  }
  std::unique_ptr<Process> StartAuthority(const std::vector<std::string>& tls) const {
    return Start(
        "authority", "authority",
        {"--listen=" + addresses_.at("authority"), "--snapshots=" + cluster_.snapshots(), "--state=" + Path("state")},
        tls);
  }
  std::unique_ptr<Process> StartFrontend(const std::string& name, uint16_t port,
                                         const std::vector<std::string>& more) const {
    return Start("frontend", name,
                 {absl::StrCat("--listen=127.0.0.1:", port), "--authority=" + addresses_.at("authority")}, more);
  }

  const TestAuthority ca_{"first CA"};
  Cluster cluster_;
  std::map<std::string, std::string> addresses_;
  const uint16_t port_ = UnusedPort();
};

TEST_F(TlsTest, AllServicesTogether) {
  const auto authority = StartAuthority(TlsFlags("authority"));
  const auto cache = Start("cache", "cache", {"--listen=" + addresses_["cache"]}, TlsFlags("cache"));
  const auto recursor = Start("recursor", "recursor",
                              {"--listen=" + addresses_["recursor"], "--hosts_file=" + Path("hosts"),
                               absl::StrCat("--forward=127.0.0.1:", UnusedPort())},
                              TlsFlags("recursor"));
  std::vector<std::string> flags = TlsFlags("frontend");
  flags.push_back("--cache=" + addresses_["cache"]);
  flags.push_back("--recursor=" + addresses_["recursor"]);
  const auto frontend = StartFrontend("frontend", port_, flags);
  for (Process* process : {authority.get(), cache.get(), recursor.get(), frontend.get()}) {
    ASSERT_TRUE(process->WaitUntilReady()) << process->Describe();
  }
  for (const char* service : {"authority", "cache", "recursor"}) {
    EXPECT_TRUE(frontend->WaitForStderr(absl::StrCat("msg=\"backend up\" target=", addresses_[service]), kTimeout))
        << frontend->Describe();
  }
  QueryLoad zone({.port = port_, .name = "www.tls.test."});
  EXPECT_TRUE(zone.WaitFor(IsRight));
  QueryLoad others({.port = port_, .name = "host.example.", .recursion_desired = true});
  EXPECT_TRUE(others.WaitFor(IsRight)) << frontend->Describe();
}

TEST_F(TlsTest, AWrongNameIsRefusedAndNamed) {
  const auto authority = StartAuthority(TlsFlags("authority"));
  WritePair("frontend", ca_, {.dns = {"cache"}});
  const auto frontend = StartFrontend("frontend", port_, TlsFlags("frontend"));
  EXPECT_TRUE(authority->WaitForStderr("its certificate's name is not allowed", kTimeout)) << authority->Describe();
  EXPECT_THAT(authority->Stderr(), HasSubstr("certificate=cache"));
  EXPECT_TRUE(frontend->WaitForStderr("has none of the names in --tls_allowed_clients", kTimeout))
      << frontend->Describe();
  EXPECT_THAT(frontend->Stdout(), Not(HasSubstr("ready")));
}

TEST_F(TlsTest, WhoIsNotOfTheCaIsRefused) {
  const TestAuthority other("other CA");
  const auto authority = StartAuthority(TlsFlags("authority"));
  WritePair("frontend", other, {.dns = {"frontend"}});
  const auto frontend = StartFrontend("frontend", port_, TlsFlags("frontend"));
  EXPECT_TRUE(authority->WaitForStderr("certificate verify failed", kTimeout)) << authority->Describe();
  // And the other way round.
  WriteCa("frontend2", {&other});
  WritePair("frontend2", ca_, {.dns = {"frontend"}});
  const auto frontend2 = StartFrontend("frontend2", UnusedPort(), TlsFlags("frontend2"));
  EXPECT_TRUE(frontend2->WaitForStderr("certificate verify failed", kTimeout)) << frontend2->Describe();
  for (const auto& process : {frontend.get(), frontend2.get()}) EXPECT_THAT(process->Stdout(), Not(HasSubstr("ready")));
}

TEST_F(TlsTest, OneEndInPlainText) {
  const auto authority = StartAuthority(TlsFlags("authority"));
  const auto frontend = StartFrontend("frontend", port_, {});
  EXPECT_TRUE(authority->WaitForStderr("Handshake failed", kTimeout)) << authority->Describe();
  addresses_["authority"] = absl::StrCat("127.0.0.1:", UnusedPort());
  const auto plain = StartAuthority({});
  const auto frontend2 = StartFrontend("frontend2", UnusedPort(), TlsFlags("frontend"));
  EXPECT_TRUE(frontend2->WaitForStderr("Handshake failed", kTimeout)) << frontend2->Describe();
  for (const auto& process : {frontend.get(), frontend2.get()}) EXPECT_THAT(process->Stdout(), Not(HasSubstr("ready")));
}

TEST_F(TlsTest, EverythingIsRenewedUnderLoad) {
  const auto authority = StartAuthority(TlsFlags("authority"));
  const auto frontend = StartFrontend("frontend", port_, TlsFlags("frontend"));
  ASSERT_TRUE(frontend->WaitUntilReady()) << frontend->Describe();
  QueryLoad load({.port = port_, .name = "www.tls.test."});
  ASSERT_TRUE(load.WaitFor(IsRight));
  int changes = 0;
  // As docs/operations.md says: first both are believed, then all have new certificates, then the old CA goes.
  const TestAuthority next("next CA");
  const std::vector<std::function<void()>> steps = {
      [&] {
        for (const char* name : {"authority", "frontend"}) WriteCa(name, {&ca_, &next});
      },
      [&] {
        WritePair("authority", next, {.dns = {"authority"}, .ip = {"127.0.0.1"}});
        WritePair("frontend", next, {.dns = {"frontend"}});
      },
      [&] {
        for (const char* name : {"authority", "frontend"}) WriteCa(name, {&next});
      },
  };
  for (const auto& step : steps) {
    step();
    ++changes;
    for (Process* process : {authority.get(), frontend.get()}) {
      const auto count = [process] {
        int found = 0;
        const std::string log = process->Stderr();
        for (size_t at = 0; (at = log.find("TLS files changed", at)) != std::string::npos; ++at) ++found;
        return found;
      };
      const absl::Time end = absl::Now() + kTimeout;
      while (count() < changes && absl::Now() < end) absl::SleepFor(absl::Milliseconds(50));
      ASSERT_GE(count(), changes) << process->Describe();
    }
  }
  WriteCa("frontend2", {&next});
  WritePair("frontend2", next, {.dns = {"frontend"}});
  const auto frontend2 = StartFrontend("frontend2", UnusedPort(), TlsFlags("frontend2"));
  EXPECT_TRUE(frontend2->WaitUntilReady()) << frontend2->Describe();
  WriteCa("frontend3", {&next});
  WritePair("frontend3", ca_, {.dns = {"frontend"}});
  // gRPC looks for itself every second: the old CA may be good until then.
  const absl::Time end = absl::Now() + kTimeout;
  bool refused = false;
  while (!refused && absl::Now() < end) {
    const auto frontend3 = StartFrontend("frontend3", UnusedPort(), TlsFlags("frontend3"));
    refused = !frontend3->WaitUntilReady(absl::Seconds(2));
  }
  EXPECT_TRUE(refused);
  EXPECT_THAT(authority->Stderr(), HasSubstr("certificate verify failed"));
  for (const Outcome& outcome : load.Stop()) EXPECT_TRUE(IsRight(outcome)) << outcome.Describe();
  EXPECT_THAT(frontend->Stderr(), Not(HasSubstr("backend down"))) << "Connections that stand are left alone.";
}

TEST_F(TlsTest, AHalfWrittenFileChangesNothing) {
  const auto authority = StartAuthority(TlsFlags("authority"));
  ASSERT_TRUE(authority->WaitUntilReady()) << authority->Describe();
  WriteFile(Path("authority.key"), ReadFile(Path("authority.key")).substr(0, 100));
  EXPECT_TRUE(authority->WaitForStderr("TLS files are not sound, serving on with those of before", kTimeout))
      << authority->Describe();
  EXPECT_THAT(authority->Stderr(), HasSubstr("--tls_key=" + Path("authority.key")));
  absl::SleepFor(absl::Seconds(2));  // gRPC would have looked by now
  const auto frontend = StartFrontend("frontend", port_, TlsFlags("frontend"));
  EXPECT_TRUE(frontend->WaitUntilReady()) << frontend->Describe();
}

TEST_F(TlsTest, BadFilesAreRefusedAtTheStart) {
  WritePair("late", ca_, {.dns = {"frontend"}, .begins = -absl::Hours(2), .ends = -absl::Hours(1)});
  WriteCa("late", {&ca_});
  const auto expect_refused = [&](Process* process, absl::string_view words) {
    const std::optional<int> code = process->WaitForExit(kTimeout);
    EXPECT_TRUE(code.has_value() && *code != 0) << process->Describe();
    EXPECT_THAT(process->Stderr(), HasSubstr(std::string(words)));
  };
  expect_refused(StartFrontend("frontend", port_, TlsFlags("late")).get(), "expired at");
  expect_refused(StartAuthority(TlsFlags("late")).get(), "--tls_certificate=" + Path("late.pem"));
  expect_refused(StartAuthority({TlsFlags("authority")[0]}).get(), "--tls_key is missing");
}

TEST_F(TlsTest, PlainTextIsRefusedWhereItCouldBeRead) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> servers = {
      {"authority", {"--listen=0.0.0.0:0", "--snapshots=" + cluster_.snapshots()}},
      {"cache", {"--listen=0.0.0.0:0"}},
      {"recursor", {"--listen=0.0.0.0:0", "--forward=127.0.0.1:53"}},
      {"frontend", {absl::StrCat("--listen=127.0.0.1:", port_), "--authority=192.0.2.1:5303"}},
  };
  for (const auto& [binary, flags] : servers) {
    const auto process = Start(binary, binary, flags, {});
    const std::optional<int> code = process->WaitForExit(kTimeout);
    EXPECT_TRUE(code.has_value() && *code != 0) << process->Describe();
    EXPECT_THAT(process->Stderr(), AllOf(HasSubstr("plain"), HasSubstr("--tls_certificate"), HasSubstr("--insecure")));
  }
}

}  // namespace
}  // namespace strata::tests
