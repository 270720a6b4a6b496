// Tests of what is taken over from systemd, and what is not. The sockets are handed to a child, as they are in life:
// its descriptors from 3 on.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/handed_sockets.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/socket_address.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

int BoundSocket(int type, const std::string& address, bool listening = true, bool v6only = true) {
  const auto to = base::SocketAddress::FromText(address, {});
  EXPECT_TRUE(to.ok()) << to.status();
  const int fd = socket(to->family(), type, 0);
  const int value = v6only ? 1 : 0;
  if (to->family() == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &value, sizeof value);
  EXPECT_EQ(bind(fd, to->sockaddr_ptr(), to->sockaddr_size()), 0) << address;
  if (type == SOCK_STREAM && listening) {
    EXPECT_EQ(listen(fd, 10), 0);
  }
  return fd;
}

std::string Describe(const absl::StatusOr<std::vector<ListenSockets>>& all) {
  if (!all.ok()) return std::string(all.status().message());
  std::string text;
  for (const ListenSockets& sockets : *all) {
    absl::StrAppend(&text, sockets.address.ToText(), " udp ", sockets.udp.size(), " tcp ", sockets.tcp.size(),
                    sockets.handed ? " handed" : "", "; ");
    for (const int fd : sockets.udp) {
      if ((fcntl(fd, F_GETFL) & O_NONBLOCK) == 0) text += "blocking ";
      if ((fcntl(fd, F_GETFD) & FD_CLOEXEC) == 0) text += "inherited ";
    }
  }
  return text;
}

// What TakeHandedSockets(2) says in a process that was handed these.
std::string TakenFrom(const std::vector<int>& fds, const std::string& count, const std::string& names,
                      bool for_us = true) {
  int pipe_fds[2];
  EXPECT_EQ(pipe(pipe_fds), 0);
  const pid_t child = fork();
  if (child == 0) {
    // Out of the way of those from 3 on.
    const int out = fcntl(pipe_fds[1], F_DUPFD, 200);
    std::vector<int> kept;
    for (const int fd : fds) kept.push_back(fcntl(fd, F_DUPFD, 100));
    for (int fd = 3; fd < 100; ++fd) close(fd);
    for (size_t i = 0; i < kept.size(); ++i) dup2(kept[i], 3 + static_cast<int>(i));
    setenv("LISTEN_PID", absl::StrCat(for_us ? getpid() : getpid() + 1).c_str(), 1);
    setenv("LISTEN_FDS", count.c_str(), 1);
    setenv("LISTEN_FDNAMES", names.c_str(), 1);
    const std::string text = Describe(TakeHandedSockets(2));
    const bool clean = getenv("LISTEN_PID") == nullptr && getenv("LISTEN_FDS") == nullptr;
    const std::string said = text + (clean ? "" : " environment left");
    (void)!write(out, said.data(), said.size());
    _exit(0);
  }
  close(pipe_fds[1]);
  std::string said;
  char part[1000];
  for (ssize_t size = 0; (size = read(pipe_fds[0], part, sizeof part)) > 0;)
    said.append(part, static_cast<size_t>(size));
  close(pipe_fds[0]);
  waitpid(child, nullptr, 0);
  for (const int fd : fds) close(fd);
  return said;
}

TEST(HandedSocketsTest, NothingWasHanded) { EXPECT_EQ(TakenFrom({}, "0", ""), ""); }

TEST(HandedSocketsTest, WhatWasHandedToAnotherIsNotOurs) {
  EXPECT_EQ(TakenFrom({BoundSocket(SOCK_DGRAM, "127.0.0.1:0")}, "1", "dns", /*for_us=*/false), "");
}

TEST(HandedSocketsTest, WorkersShareWhatIsTooFew) {
  const int udp = BoundSocket(SOCK_DGRAM, "127.0.0.1:0");
  EXPECT_THAT(TakenFrom({udp}, "1", "dns"), ContainsRegex("^127\\.0\\.0\\.1:[0-9]+ udp 2 tcp 0 handed; $"));
}

TEST(HandedSocketsTest, UdpAndTcpOfAnAddressBelongTogether) {
  const int udp = BoundSocket(SOCK_DGRAM, "127.0.0.1:0");
  sockaddr_in bound{};
  socklen_t size = sizeof bound;
  getsockname(udp, reinterpret_cast<sockaddr*>(&bound), &size);
  const std::string address = absl::StrCat("127.0.0.1:", ntohs(bound.sin_port));
  const int tcp = BoundSocket(SOCK_STREAM, address);
  EXPECT_EQ(TakenFrom({tcp, udp}, "2", "a:b"), address + " udp 2 tcp 2 handed; ");
}

TEST(HandedSocketsTest, IPv6OfItsOwn) {
  EXPECT_THAT(TakenFrom({BoundSocket(SOCK_DGRAM, "[::]:0")}, "1", ""), HasSubstr("udp 2"));
}

TEST(HandedSocketsTest, WhatCannotServeDnsIsNamed) {
  const auto named = [](int fd) { return TakenFrom({fd}, "1", "dns"); };
  const char* const who = "descriptor 3 (dns), which was handed over: ";
  EXPECT_THAT(named(BoundSocket(SOCK_DGRAM, "[::]:0", true, /*v6only=*/false)), HasSubstr("BindIPv6Only=ipv6-only"));
  EXPECT_THAT(named(BoundSocket(SOCK_STREAM, "127.0.0.1:0", /*listening=*/false)), HasSubstr("Accept=no"));
  EXPECT_EQ(named(socket(AF_INET, SOCK_DGRAM, 0)), absl::StrCat(who, "is not bound to a port"));
  EXPECT_THAT(named(socket(AF_UNIX, SOCK_DGRAM, 0)), HasSubstr("neither a UDP nor a TCP socket"));
  EXPECT_EQ(named(open("/dev/null", O_RDONLY)), absl::StrCat(who, "is no socket"));
  EXPECT_EQ(TakenFrom({}, "1", ""), "descriptor 3 (unknown), which was handed over: is not open");
  EXPECT_THAT(TakenFrom({}, "many", ""), HasSubstr("LISTEN_FDS=many"));
}

}  // namespace
}  // namespace strata::frontend
