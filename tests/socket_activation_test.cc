// A supervisor (systemd) holds the sockets: servers come and go, and no query is lost.
//
// SPDX-License-Identifier: Apache-2.0
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

using ::testing::HasSubstr;

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";
constexpr int kRestarts = 4;
// What a server takes at the least to end while a client keeps a connection busy.
constexpr absl::Duration kDrainWithConnections = absl::Milliseconds(1400);

bool IsRight(const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }

// Bound to one port of 127.0.0.1, and open for as long as the object lives, whoever serves them.
class Sockets {
 public:
  Sockets() : port_(UnusedPort()), fds_{Open(SOCK_DGRAM), Open(SOCK_STREAM)} { EXPECT_EQ(listen(fds_[1], 128), 0); }
  ~Sockets() {
    for (const int fd : fds_) close(fd);
  }
  Sockets(const Sockets&) = delete;
  Sockets& operator=(const Sockets&) = delete;

  uint16_t port() const { return port_; }
  // The command, in a process that is handed the sockets.
  std::vector<std::string> HandedTo(const std::vector<std::string>& command) const {
    std::vector<std::string> whole = {
        "bash", "-c",
        absl::StrCat("exec 3<&", fds_[0], " 4<&", fds_[1],
                     "; export LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=dns:dns; exec \"$@\""),
        "bash"};
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
  }

 private:
  int Open(int type) const {
    // Away from 3 and 4.
    const int opened = socket(AF_INET, type, 0);
    const int fd = dup2(opened, type == SOCK_DGRAM ? 60 : 61);
    close(opened);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return fd;
  }

  const uint16_t port_;
  const std::vector<int> fds_;
};

class SocketActivationTest : public ::testing::Test {
 protected:
  SocketActivationTest() { cluster_.WriteZone("handed.test", kZone); }

  void Start(const std::vector<std::string>& command) {
    server_ = std::make_unique<Process>(sockets_.HandedTo(command),
                                        absl::StrCat(cluster_.folder().path(), "/server", starts_++));
  }
  // Nobody asks twice over UDP: what is asked while nobody serves waits for the next one.
  void RestartUnderLoad(const std::vector<std::string>& command) {
    Start(command);
    ASSERT_TRUE(server_->WaitUntilReady()) << server_->Describe();
    EXPECT_THAT(server_->Stdout(), HasSubstr(absl::StrCat("127.0.0.1:", sockets_.port())));
    using Transport = QueryLoad::Transport;
    QueryLoad udp({.port = sockets_.port(), .name = "www.handed.test."});
    QueryLoad tcp({.port = sockets_.port(), .name = "www.handed.test.", .clients = 2, .transport = Transport::kTcp});
    // Its connections keep a server that leaves busy for a while: clients by UDP must not notice.
    QueryLoad persistent({.port = sockets_.port(),
                          .name = "www.handed.test.",
                          .clients = 1,
                          .pause = absl::Milliseconds(30),
                          .tries = 2,
                          .transport = Transport::kPersistentTcp});
    for (int i = 0; i < kRestarts; ++i) {
      EXPECT_TRUE(udp.WaitFor(IsRight));
      EXPECT_TRUE(tcp.WaitFor(IsRight));
      EXPECT_TRUE(persistent.WaitFor(IsRight));
      server_->Signal(SIGTERM);
      EXPECT_EQ(server_->WaitForExit(absl::Seconds(30)), 0) << server_->Describe();
      Start(command);
    }
    EXPECT_TRUE(udp.WaitFor(IsRight)) << server_->Describe();
    EXPECT_TRUE(tcp.WaitFor(IsRight)) << server_->Describe();
    absl::Duration slowest;
    for (const Outcome& outcome : udp.Stop()) {
      EXPECT_TRUE(IsRight(outcome)) << outcome.Describe();
      slowest = std::max(slowest, outcome.done - outcome.asked);
    }
    // A server that is gone is there again in a fraction of what the old one takes to end its connections.
    EXPECT_LT(slowest, kDrainWithConnections);
    for (QueryLoad* load : {&tcp, &persistent}) {
      for (const Outcome& outcome : load->Stop()) EXPECT_TRUE(IsRight(outcome)) << outcome.Describe();
    }
  }

  Cluster cluster_;
  const Sockets sockets_;
  int starts_ = 0;
  std::unique_ptr<Process> server_;
};

TEST_F(SocketActivationTest, FrontendsComeAndGo) {
  ASSERT_TRUE(cluster_.StartAuthority(0).WaitUntilReady());
  RestartUnderLoad({Runfile("frontend/frontend"), "--workers=2", "--authority=" + cluster_.AuthorityAddress(0)});
}

TEST_F(SocketActivationTest, StrataComesAndGoes) {
  const std::string zone = absl::StrCat(cluster_.folder().path(), "/handed.test.zone");
  WriteFile(zone, kZone);
  RestartUnderLoad({Runfile("standalone/strata"), "--zone=" + zone, "--workers=2"});
}

TEST_F(SocketActivationTest, WhatCannotBeServedIsNamed) {
  const Finished finished = RunToEnd({"bash", "-c",
                                      "exec 3</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=odd; "
                                      "exec \"$@\"",
                                      "bash", Runfile("frontend/frontend"), "--authority=127.0.0.1:1"},
                                     absl::StrCat(cluster_.folder().path(), "/odd"));
  EXPECT_NE(finished.exit_code, 0);
  EXPECT_THAT(finished.err, HasSubstr("descriptor 3 (odd), which was handed over: is no socket"));
}

}  // namespace
}  // namespace strata::tests
