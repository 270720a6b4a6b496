// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/network.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"

namespace strata::tests {
namespace {

constexpr char kBridge[] = "bridge";

absl::Status SystemError(absl::string_view what) {
  return absl::PermissionDeniedError(absl::StrCat(what, ": ", strerror(errno)));
}

// Runs ip(8) with the words of `command`, in that network namespace if it is none of ours.
absl::Status Ip(absl::string_view command, int network_namespace = -1) {
  const TemporaryFolder folder;
  std::vector<std::string> words = {"ip"};
  for (absl::string_view word : absl::StrSplit(command, ' ')) words.emplace_back(word);
  const Finished ip = RunToEnd(words, folder.Path("ip"), network_namespace);
  if (ip.exit_code == 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("ip ", command, ": ", ip.err));
}

void Require(const absl::Status& status) {
  if (status.ok()) return;
  fprintf(stderr, "%s\n", status.ToString().c_str());
  abort();
}

// Makes this user root, with all rights over networks that it makes, and no more than it had over anything else.
absl::Status BecomeRootOfNamespace() {
  const uid_t user = getuid();
  const gid_t group = getgid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return SystemError("unshare");
  WriteFile("/proc/self/setgroups", "deny");
  WriteFile("/proc/self/uid_map", absl::StrCat("0 ", user, " 1"));
  WriteFile("/proc/self/gid_map", absl::StrCat("0 ", group, " 1"));
  return absl::OkStatus();
}

absl::Status Enter() {
  if (!IsInstalled("ip")) return absl::NotFoundError("ip is missing: run tools/packages test");
  if (unshare(CLONE_NEWNET) != 0) {
    const absl::Status status = BecomeRootOfNamespace();
    if (!status.ok()) return status;
  }
  for (const std::string& command :
       {std::string("link set lo up"), absl::StrCat("link add name ", kBridge, " type bridge"),
        absl::StrCat("address add ", kTestAddress, "/16 dev ", kBridge), absl::StrCat("link set ", kBridge, " up")}) {
    const absl::Status status = Ip(command);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

int MakeNetworkNamespace() {
  int fd = -1;
  // A thread has a namespace of its own if it asks for it.
  std::thread([&fd] {
    if (unshare(CLONE_NEWNET) == 0) fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    if (fd < 0) Require(SystemError("network namespace"));
  }).join();
  return fd;
}

}  // namespace

absl::Status EnterOwnNetwork() {
  static const absl::Status entered = Enter();
  return entered;
}

NetworkHost::NetworkHost() : namespace_(MakeNetworkNamespace()) {
  static int last = 0;
  const int number = ++last;
  address_ = absl::StrCat("10.99.", number / 250 + 1, ".", number % 250 + 1);
  port_ = absl::StrCat("port", number);
  const std::string there = absl::StrCat("/proc/", getpid(), "/fd/", namespace_);
  Require(Ip(absl::StrCat("link add name ", port_, " type veth peer name cable netns ", there)));
  Require(Ip(absl::StrCat("link set ", port_, " master ", kBridge, " up")));
  Require(Ip("link set lo up", namespace_));
  Require(Ip(absl::StrCat("address add ", address_, "/16 dev cable"), namespace_));
  Require(Ip("link set cable up", namespace_));
}

NetworkHost::~NetworkHost() {
  // The namespace goes some time after its last process; the port does not wait for it.
  Require(Ip(absl::StrCat("link delete ", port_)));
  close(namespace_);
}

void NetworkHost::SetLink(bool up) { Require(Ip(absl::StrCat("link set ", port_, up ? " up" : " down"))); }

}  // namespace strata::tests
