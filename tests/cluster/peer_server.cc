// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/peer_server.h"

#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

// $0: folder, $1: port, $2: origin, $3: zone file, $4: what BIND is to do about recursion.
constexpr char kNsdConfiguration[] = R"(server:
    server-count: 1
    ip-address: 127.0.0.1@$1
    username: ""
    database: ""
    zonesdir: "$0"
    zonelistfile: "$0/zone.list"
    xfrdfile: "$0/xfrd.state"
    xfrdir: "$0"
    pidfile: "$0/nsd.pid"
    rrl-ratelimit: 0
remote-control:
    control-enable: no
zone:
    name: "$2"
    zonefile: "$3"
)";

constexpr char kKnotConfiguration[] = R"(server:
    rundir: $0
    listen: 127.0.0.1@$1
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: $0
zone:
  - domain: $2
    file: $3
    semantic-checks: off
    zonefile-sync: -1
    journal-content: none
)";

constexpr char kBindConfiguration[] = R"(options {
    directory "$0";
    pid-file none;
    session-keyfile none;
    listen-on port $1 { 127.0.0.1; };
    listen-on-v6 { none; };
    $4
    dnssec-validation no;
    notify no;
    check-integrity no;
    zero-no-soa-ttl no;
};
controls { };
zone "$2" { type primary; file "$3"; check-names ignore; };
)";

std::string Configuration(Peer peer) {
  switch (peer) {
    case Peer::kNsd:
      return kNsdConfiguration;
    case Peer::kKnot:
      return kKnotConfiguration;
    case Peer::kBind:
      return kBindConfiguration;
  }
  return "";
}

std::vector<std::string> Command(Peer peer, const std::string& file) {
  switch (peer) {
    case Peer::kNsd:
      return {"nsd", "-d", "-c", file};
    case Peer::kKnot:
      return {"knotd", "-c", file};
    case Peer::kBind:
      return {"named", "-g", "-n", "1", "-c", file};
  }
  return {};
}

}  // namespace

std::string PeerName(Peer peer) {
  switch (peer) {
    case Peer::kNsd:
      return "Nsd";
    case Peer::kKnot:
      return "Knot";
    case Peer::kBind:
      return "Bind";
  }
  return "";
}

std::string PeerProgram(Peer peer) { return Command(peer, "")[0]; }

PeerServer::PeerServer(Peer peer, absl::string_view origin, const std::string& zone_file)
    : PeerServer(peer, origin, zone_file, "recursion no;") {}

std::unique_ptr<PeerServer> PeerServer::Resolving(absl::string_view origin, const std::string& zone_file,
                                                  uint16_t forward_to) {
  const std::string recursion =
      absl::StrCat("recursion yes; forward only; forwarders { 127.0.0.1 port ", forward_to, "; };");
  return absl::WrapUnique(new PeerServer(Peer::kBind, origin, zone_file, recursion));
}

PeerServer::PeerServer(Peer peer, absl::string_view origin, const std::string& zone_file, const std::string& recursion)
    : origin_(origin), port_(UnusedPort()) {
  const std::string file = folder_.Path("configuration");
  WriteFile(file, absl::Substitute(Configuration(peer), folder_.path(), port_, origin, zone_file, recursion));
  process_ = std::make_unique<Process>(Command(peer, file), folder_.Path("server"));
}

bool PeerServer::WaitUntilAnswers() {
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (absl::Now() < end && process_->running()) {
    const absl::StatusOr<dns::Message> answer =
        Ask(port_, absl::StrCat(origin_, "."), dns::rr_type::kSOA, {}, absl::Milliseconds(500));
    if (answer.ok() && answer->rcode == dns::rcode::kNoError && answer->authoritative) return true;
    absl::SleepFor(absl::Milliseconds(50));
  }
  return false;
}

}  // namespace strata::tests
