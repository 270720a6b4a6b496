// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/cluster.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "base/serving_options.h"

namespace strata::tests {
namespace {

// Of a backend with a host of its own.
constexpr uint16_t kPort = 5300;

// A socket of the type on `port` of 127.0.0.1; -1 when it is taken.
int BoundSocket(int type, uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return fd;
  close(fd);
  return -1;
}

}  // namespace

std::string Runfile(absl::string_view path) {
  const char* runfiles = getenv("TEST_SRCDIR");
  const char* workspace = getenv("TEST_WORKSPACE");
  if (runfiles != nullptr && workspace != nullptr) return absl::StrCat(runfiles, "/", workspace, "/", path);
  return std::string(path);  // Run by hand, in the root of the runfiles.
}

uint16_t UnusedPort() {
  // Below the ports that the kernel gives to clients: one of them, sent to while nobody listens, would be its client's
  // own, which then hears itself. Tests outside a sandbox start at different places.
  static uint16_t next = static_cast<uint16_t>(10000 + getpid() * 17 % 20000);
  while (true) {
    const uint16_t port = next++;
    const int udp = BoundSocket(SOCK_DGRAM, port);
    const int tcp = BoundSocket(SOCK_STREAM, port);
    if (udp >= 0) close(udp);
    if (tcp >= 0) close(tcp);
    if (udp >= 0 && tcp >= 0) return port;
  }
}

Cluster::Cluster(ClusterShape shape) : snapshots_(folder_.MakeFolder("snapshots")), shape_(std::move(shape)) {
  for (int i = 0; i < std::max(1, shape_.frontends); ++i) {
    ports_.push_back(i > 0 && shape_.frontends_overlap ? ports_[0] : UnusedPort());
  }
  if (!shape_.network) return;
  const std::pair<absl::string_view, int> kinds[] = {
      {"authority", shape_.authorities}, {"cache", shape_.caches}, {"recursor", shape_.recursors}};
  for (const auto& [kind, count] : kinds) {
    for (int i = 0; i < count; ++i) hosts_[absl::StrCat(kind, i)] = std::make_unique<NetworkHost>();
  }
}

std::string Cluster::Address(const std::string& name) const {
  const auto host = hosts_.find(name);
  if (host != hosts_.end()) return absl::StrCat(host->second->address(), ":", kPort);
  return absl::StrCat("unix:", folder_.Path(name), ".sock");
}

std::map<std::string, std::vector<int>> Cluster::BackendsOf(int frontend) const {
  std::map<std::string, std::vector<int>> backends;
  for (int i = 0; i < shape_.authorities; ++i) backends["authority"].push_back(i);
  for (int i = 0; i < shape_.caches; ++i) backends["cache"].push_back(i);
  for (int i = 0; i < shape_.recursors; ++i) {
    if (!shape_.recursors_apart || frontend % shape_.recursors == i) backends["recursor"].push_back(i);
  }
  return backends;
}

std::string Cluster::StatePath(int number) const {
  return absl::StrCat(folder_.Path(absl::StrCat("authority", number)), ".state");
}

std::string Cluster::SnapshotPath(absl::string_view origin) const {
  return absl::StrCat(snapshots_, "/", origin, ".snap");
}

std::string Cluster::CompileZone(absl::string_view origin, absl::string_view text) {
  const std::string zone = folder_.Path(absl::StrCat(origin, ".zone"));
  const std::string snapshot = folder_.Path(absl::StrCat(origin, ".compiled"));
  WriteFile(zone, text);
  const Finished zonec =
      RunToEnd({Runfile("zonec/zonec"), "compile", absl::StrCat("--origin=", origin), "-o", snapshot, zone},
               folder_.Path("zonec"));
  if (zonec.exit_code != 0) {
    fprintf(stderr, "zonec: %s", zonec.err.c_str());
    abort();
  }
  return ReadFile(snapshot);
}

void Cluster::WriteZone(absl::string_view origin, absl::string_view text) {
  ReplaceFile(SnapshotPath(origin), CompileZone(origin, text));
}

base::SocketAddress Cluster::AdminAddress(const std::string& name) {
  const auto [address, is_new] = admin_addresses_.try_emplace(name);
  const auto host = hosts_.find(name);
  const std::string ip = host == hosts_.end() ? "127.0.0.1" : host->second->address();
  if (is_new) address->second = *base::SocketAddress::FromText(absl::StrCat(ip, ":", UnusedPort()));
  return address->second;
}

Process& Cluster::Start(const std::string& name, const std::vector<std::string>& command) {
  std::unique_ptr<Process>& process = processes_[name];
  process.reset();
  const std::string output = folder_.Path(absl::StrCat(name, ".", ++starts_));
  const auto host = hosts_.find(name);
  process = std::make_unique<Process>(command, output, host == hosts_.end() ? -1 : host->second->network_namespace());
  logs_[name].push_back(absl::StrCat(output, ".err"));
  return *process;
}

Process& Cluster::Find(absl::string_view kind, int number) { return *processes_.at(absl::StrCat(kind, number)); }

std::string Cluster::LogOf(const std::string& name) const {
  std::string log;
  const auto files = logs_.find(name);
  if (files == logs_.end()) return log;
  for (const std::string& file : files->second) log += ReadFile(file);
  return log;
}

Process& Cluster::StartBackend(absl::string_view kind, int number, const std::vector<std::string>& flags) {
  const std::string name = absl::StrCat(kind, number);
  processes_[name].reset();
  // What the frontends have seen of it until now is past.
  for (int i = 0; i < shape_.frontends; ++i) seen_up_[{i, name}] = CountConnections(i, name).up;
  std::vector<std::string> command = {Runfile(absl::StrCat(kind, "/", kind)), absl::StrCat("--listen=", Address(name))};
  command.insert(command.end(), flags.begin(), flags.end());
  if (shape_.network) command.push_back("--insecure");
  if (shape_.admin) command.push_back("--admin_listen=" + AdminAddress(name).ToText());
  return Start(name, command);
}

Process& Cluster::StartAuthority(int number) {
  return StartBackend("authority", number, {"--snapshots=" + snapshots_, "--state=" + StatePath(number)});
}

Process& Cluster::StartCache(int number) { return StartBackend("cache", number, shape_.cache_flags); }

Process& Cluster::StartRecursor(int number) { return StartBackend("recursor", number, shape_.recursor_flags); }

Process& Cluster::StartFrontend(int number) {
  std::vector<std::string> command = {Runfile("frontend/frontend"), absl::StrCat("--listen=127.0.0.1:", port(number))};
  for (const auto& [kind, numbers] : BackendsOf(number)) {
    std::vector<std::string> addresses;
    for (const int backend : numbers) addresses.push_back(Address(absl::StrCat(kind, backend)));
    if (!addresses.empty()) command.push_back(absl::StrCat("--", kind, "=", absl::StrJoin(addresses, ",")));
  }
  command.insert(command.end(), shape_.frontend_flags.begin(), shape_.frontend_flags.end());
  if (shape_.network) command.push_back("--insecure");
  if (shape_.frontends_overlap) command.push_back("--reuse_port");
  const std::string name = absl::StrCat("frontend", number);
  if (shape_.admin) command.push_back("--admin_listen=" + AdminAddress(name).ToText());
  for (auto& [key, seen] : seen_up_) {
    if (key.first == number) seen = 0;
  }
  return Start(name, command);
}

Process& Cluster::StartStrata(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {Runfile("standalone/strata"), absl::StrCat("--port=", port()),
                                      "--interface=127.0.0.1"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  if (shape_.admin) command.push_back("--admin_listen=" + AdminAddress("strata").ToText());
  return Start("strata", command);
}

bool Cluster::StartAll() {
  for (int i = 0; i < shape_.authorities; ++i) StartAuthority(i);
  for (int i = 0; i < shape_.caches; ++i) StartCache(i);
  for (int i = 0; i < shape_.recursors; ++i) StartRecursor(i);
  const int frontends = shape_.frontends_overlap ? std::min(1, shape_.frontends) : shape_.frontends;
  for (int i = 0; i < frontends; ++i) StartFrontend(i);
  bool ready = true;
  for (const auto& [name, process] : processes_) {
    if (process->WaitUntilReady()) continue;
    ready = false;
    fprintf(stderr, "not ready: %s\n", process->Describe().c_str());
  }
  return ready && WaitUntilConnected();
}

// From the frontend's log.
Cluster::Connections Cluster::CountConnections(int frontend, const std::string& backend) {
  Connections connections;
  const auto process = processes_.find(absl::StrCat("frontend", frontend));
  if (process == processes_.end() || process->second == nullptr) return connections;
  for (absl::string_view line : absl::StrSplit(process->second->Stderr(), '\n')) {
    if (!absl::EndsWith(line, absl::StrCat("=", Address(backend)))) continue;
    if (absl::StrContains(line, "msg=\"zone list complete\"")) ++connections.zone_lists;
    if (absl::StrContains(line, "msg=\"backend up\"")) ++connections.up;
    if (absl::StrContains(line, "msg=\"backend down\"")) ++connections.down;
    if (absl::StrContains(line, "msg=\"backend hangs\"")) ++connections.down;
  }
  return connections;
}

bool Cluster::IsConnected(int frontend, const std::string& backend) {
  const auto process = processes_.find(backend);
  if (process == processes_.end() || !process->second->running()) return true;
  // Each worker has a stream of its own.
  const int workers = *base::WorkerCount(0);
  const Connections connections = CountConnections(frontend, backend);
  // What it has told of its zones stands when it is gone.
  if (absl::StartsWith(backend, "authority") && connections.zone_lists == 0) return false;
  return connections.up - seen_up_[{frontend, backend}] >= workers && connections.up - connections.down == workers;
}

bool Cluster::WaitUntilConnected(absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  for (int frontend = 0; frontend < shape_.frontends; ++frontend) {
    const auto process = processes_.find(absl::StrCat("frontend", frontend));
    if (process == processes_.end() || !process->second->running()) continue;
    for (const auto& [kind, numbers] : BackendsOf(frontend)) {
      for (const int number : numbers) {
        const std::string backend = absl::StrCat(kind, number);
        while (!IsConnected(frontend, backend)) {
          if (absl::Now() >= end) {
            fprintf(stderr, "not connected to %s: %s\n", backend.c_str(), process->second->Describe().c_str());
            return false;
          }
          absl::SleepFor(absl::Milliseconds(10));
        }
      }
    }
  }
  return true;
}

}  // namespace strata::tests
