// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/cluster.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace strata::tests {
namespace {

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

Cluster::Cluster(int replicas)
    : snapshots_(folder_.MakeFolder("snapshots")), replicas_(replicas), port_(UnusedPort()) {}

std::string Cluster::AuthorityName(int replica) { return absl::StrCat("authority", replica); }

std::string Cluster::AuthorityAddress(int replica) const {
  return absl::StrCat("unix:", folder_.Path(AuthorityName(replica)), ".sock");
}

std::string Cluster::StatePath(int replica) const {
  return absl::StrCat(folder_.Path(AuthorityName(replica)), ".state");
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

Process& Cluster::Start(const std::string& name, const std::vector<std::string>& command) {
  std::unique_ptr<Process>& process = processes_[name];
  process.reset();
  process = std::make_unique<Process>(command, folder_.Path(absl::StrCat(name, ".", ++starts_)));
  return *process;
}

Process& Cluster::StartAuthority(int replica) {
  return Start(AuthorityName(replica), {Runfile("authority/authority"), "--listen=" + AuthorityAddress(replica),
                                        "--snapshots=" + snapshots_, "--state=" + StatePath(replica)});
}

Process& Cluster::StartFrontend() {
  std::vector<std::string> addresses;
  for (int i = 0; i < replicas_; ++i) addresses.push_back(AuthorityAddress(i));
  return Start("frontend", {Runfile("frontend/frontend"), absl::StrCat("--listen=127.0.0.1:", port_),
                            absl::StrCat("--authority=", absl::StrJoin(addresses, ","))});
}

Process& Cluster::StartStrata(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {Runfile("standalone/strata"), absl::StrCat("--port=", port_),
                                      "--interface=127.0.0.1"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return Start("strata", command);
}

bool Cluster::StartAll() {
  for (int i = 0; i < replicas_; ++i) StartAuthority(i);
  StartFrontend();
  bool ready = true;
  for (const auto& [name, process] : processes_) {
    if (process->WaitUntilReady()) continue;
    ready = false;
    fprintf(stderr, "not ready: %s\n", process->Describe().c_str());
  }
  return ready;
}

}  // namespace strata::tests
