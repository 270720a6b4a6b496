// The how-to zone through all that is ours: strata reading the text, and zonec, authority and frontend as processes,
// give the same messages; and what they say is what other name servers say.
//
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/message_text.h"
#include "gtest/gtest.h"
#include "tests/cluster/answer_sets.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/peer_server.h"

namespace strata::tests {
namespace {

struct TestZone {
  const char* origin;
  const char* file;  // from the workspace's root
};

constexpr TestZone kHowto = {"example-domain.com", "zonec/testdata/howto-zone.zone"};
constexpr TestZone kRich = {"rich.test", "tests/testdata/rich.test.zone"};

std::string ZoneName(const TestZone& zone) { return zone.file == kHowto.file ? "Howto" : "Rich"; }

// A question in words.
std::string Describe(const std::string& name, uint16_t type, bool tcp, const QueryOptions& options) {
  return absl::StrCat(name, " ", dns::TypeToText(type), tcp ? " TCP" : " UDP",
                      options.udp_payload_size == 0 ? " without EDNS" : " with EDNS");
}

class ZoneServersTest {
 public:
  explicit ZoneServersTest(const TestZone& zone) : file_(Runfile(zone.file)) {
    cluster_.WriteZone(zone.origin, ReadFile(file_));
    dump_ =
        RunToEnd({Runfile("zonec/zonec"), "dump", cluster_.SnapshotPath(zone.origin)}, cluster_.folder().Path("dump"))
            .out;
  }

  std::vector<std::string> names() const { return NamesToAsk(dump_); }
  const std::string& file() const { return file_; }
  Cluster& cluster() { return cluster_; }

 private:
  const std::string file_;
  std::string dump_;
  Cluster cluster_;
};

class StrataAndClusterTest : public testing::TestWithParam<TestZone> {};

TEST_P(StrataAndClusterTest, GiveTheSameMessages) {
  ZoneServersTest zone(GetParam());
  Cluster standalone;
  Process& strata = standalone.StartStrata({absl::StrCat("--bindzone=", zone.file())});
  ASSERT_TRUE(strata.WaitUntilReady()) << strata.Describe();
  ASSERT_TRUE(zone.cluster().StartAll());
  UdpClient strata_udp(standalone.port()), cluster_udp(zone.cluster().port());
  TcpClient strata_tcp(standalone.port()), cluster_tcp(zone.cluster().port());
  std::vector<uint16_t> types = TypesToAsk();
  for (const uint16_t meta : {dns::rr_type::kANY, dns::rr_type::kAXFR, dns::rr_type::kIXFR, dns::rr_type::kMAILA,
                              dns::rr_type::kMAILB, dns::rr_type::kTSIG, uint16_t{0}}) {
    types.push_back(meta);
  }
  int compared = 0;
  for (const std::string& name : zone.names()) {
    for (const uint16_t type : types) {
      for (const uint16_t size : {0, 1232}) {
        const bool any = type == dns::rr_type::kANY;
        for (const bool tcp : any ? std::vector<bool>{false, true} : std::vector<bool>{false}) {
          const QueryOptions options = {.recursion_desired = true, .udp_payload_size = size};
          const std::string query = MakeQuery(name, type, options);
          const absl::StatusOr<std::string> a = tcp ? strata_tcp.Exchange(query) : strata_udp.Exchange(query);
          const absl::StatusOr<std::string> b = tcp ? cluster_tcp.Exchange(query) : cluster_udp.Exchange(query);
          ASSERT_TRUE(a.ok() && b.ok()) << Describe(name, type, tcp, options) << a.status() << b.status();
          ++compared;
          if (*a == *b) continue;  // Octet for octet, but for the ID, which is the query's in both.
          ADD_FAILURE() << Describe(name, type, tcp, options) << "\nstrata:\n"
                        << dns::MessageToText(*dns::ParseMessage(*a)) << "\ncluster:\n"
                        << dns::MessageToText(*dns::ParseMessage(*b));
        }
      }
    }
  }
  EXPECT_GT(compared, 2000);
}

INSTANTIATE_TEST_SUITE_P(Zones, StrataAndClusterTest, testing::Values(kHowto, kRich),
                         [](const auto& info) { return ZoneName(info.param); });

// Where servers differ by tradition: ANY (RFC 8482: only BIND gives all, as we do over TCP), and whether these types
// are looked for at an alias or at its target.
bool IsFree(Peer peer, uint16_t type) {
  constexpr uint16_t kSig = 24, kKey = 25;
  switch (peer) {
    case Peer::kNsd:
      return type == dns::rr_type::kANY || type == dns::rr_type::kRRSIG || type == dns::rr_type::kNSEC ||
             type == dns::rr_type::kNSEC3;
    case Peer::kKnot:
      return type == dns::rr_type::kANY;
    case Peer::kBind:
      return type == kSig || type == kKey;
  }
  return false;
}

class PeersTest : public testing::TestWithParam<std::tuple<TestZone, Peer>> {
 protected:
  // Whether the two answer alike.
  static void Compare(const std::string& name, uint16_t type, bool tcp, uint16_t ours, uint16_t theirs) {
    const QueryOptions options = {.udp_payload_size = static_cast<uint16_t>(tcp ? 0 : 1232)};
    const auto ask = tcp ? AskTcp : Ask;
    const absl::StatusOr<dns::Message> a = ask(ours, name, type, options, kAnswerTimeout);
    const absl::StatusOr<dns::Message> b = ask(theirs, name, type, options, kAnswerTimeout);
    ASSERT_TRUE(a.ok()) << a.status() << Describe(name, type, tcp, options);
    ASSERT_TRUE(b.ok()) << b.status() << Describe(name, type, tcp, options);
    // For ANY, BIND does not follow the alias that it makes of a DNAME; RFC 6672 §3.2 does, and so do Knot and NSD.
    const auto is_dname = [](const dns::Record& record) { return record.type == dns::rr_type::kDNAME; };
    if (type == dns::rr_type::kANY && std::any_of(b->answer.begin(), b->answer.end(), is_dname) &&
        a->answer.size() == b->answer.size()) {
      return;
    }
    EXPECT_EQ(AnswerSets(*a), AnswerSets(*b)) << Describe(name, type, tcp, options);
  }
};

TEST_P(PeersTest, SayTheSame) {
  const auto& [test_zone, peer] = GetParam();
  if (!IsInstalled(PeerProgram(peer))) {
    // CI runs tools/packages test first, and says so.
    ASSERT_EQ(getenv("CI"), nullptr) << PeerProgram(peer) << " is missing: run tools/packages test";
    GTEST_SKIP() << PeerProgram(peer) << " is not installed: tools/packages test brings it";
  }
  ZoneServersTest zone(test_zone);
  ASSERT_TRUE(zone.cluster().StartAll());
  PeerServer server(peer, test_zone.origin, zone.file());
  ASSERT_TRUE(server.WaitUntilAnswers()) << server.process().Describe();
  for (const std::string& name : zone.names()) {
    for (const uint16_t type : TypesToAsk()) {
      if (!IsFree(peer, type)) Compare(name, type, false, zone.cluster().port(), server.port());
    }
    if (!IsFree(peer, dns::rr_type::kANY)) {
      Compare(name, dns::rr_type::kANY, true, zone.cluster().port(), server.port());
    }
  }
}

std::string PeersTestName(const testing::TestParamInfo<std::tuple<TestZone, Peer>>& info) {
  return ZoneName(std::get<0>(info.param)) + PeerName(std::get<1>(info.param));
}

// BIND does not load the how-to zone: its name server has no address.
INSTANTIATE_TEST_SUITE_P(Howto, PeersTest,
                         testing::Combine(testing::Values(kHowto), testing::Values(Peer::kNsd, Peer::kKnot)),
                         PeersTestName);
INSTANTIATE_TEST_SUITE_P(Rich, PeersTest,
                         testing::Combine(testing::Values(kRich),
                                          testing::Values(Peer::kNsd, Peer::kKnot, Peer::kBind)),
                         PeersTestName);

}  // namespace
}  // namespace strata::tests
