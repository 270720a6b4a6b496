// Tests of the recycled sockets.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/socket_pool.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "base/socket_address.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

struct Counter final : SocketReader {
  void OnReadable(UdpSocket* socket) override {
    ++calls;
    char octet;
    (void)!recv(socket->fd, &octet, 1, 0);
  }
  int calls = 0;
};

base::SocketAddress NameOf(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  EXPECT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size), 0);
  return *base::SocketAddress::FromSockaddr(reinterpret_cast<sockaddr*>(&storage), size);
}

class SocketPoolTest : public ::testing::TestWithParam<const char*> {
 protected:
  SocketPoolTest() : server_fd_(socket(any_port_.family(), SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    EXPECT_EQ(bind(server_fd_, any_port_.sockaddr_ptr(), any_port_.sockaddr_size()), 0);
    server_ = NameOf(server_fd_);
  }
  ~SocketPoolTest() override { close(server_fd_); }

  UdpSocket* Take() { return pool_.Take(server_.family()); }
  static int Connect(UdpSocket* socket, const base::SocketAddress& to) {
    // The pool never looks at the owner.
    socket->owner = reinterpret_cast<UdpExchange*>(socket);
    return connect(socket->fd, to.sockaddr_ptr(), to.sockaddr_size());
  }
  void SendTo(const base::SocketAddress& to) const {
    EXPECT_EQ(sendto(server_fd_, "x", 1, 0, to.sockaddr_ptr(), to.sockaddr_size()), 1);
  }

  const base::SocketAddress any_port_ = *base::SocketAddress::FromText(GetParam());
  const int server_fd_;
  base::SocketAddress server_;
  base::EventLoop loop_;
  Counter reader_;
  SocketPool pool_{&loop_, 3, &reader_};
};

TEST_P(SocketPoolTest, OneSocketLeavesFromManyPorts) {
  std::set<uint16_t> ports;
  std::set<int> fds;
  for (int i = 0; i < 1000; ++i) {
    UdpSocket* const socket = Take();
    ASSERT_EQ(Connect(socket, server_), 0);
    ports.insert(NameOf(socket->fd).port());
    fds.insert(socket->fd);
    pool_.Release(socket);
  }
  EXPECT_EQ(fds.size(), 1u);
  EXPECT_GT(ports.size(), 900u) << "of 28232; 982 are expected";
}

TEST_P(SocketPoolTest, NothingIsLeftOfTheLastUse) {
  UdpSocket* socket = Take();
  ASSERT_EQ(Connect(socket, server_), 0);
  const base::SocketAddress port = NameOf(socket->fd);
  SendTo(port);
  SendTo(port);
  pool_.Release(socket);
  SendTo(port);  // late
  char octet;
  (void)!recv(server_fd_, &octet, 1, 0);  // takes the ICMP error
  loop_.RunOnce(absl::ZeroDuration());
  EXPECT_EQ(reader_.calls, 0);
  socket = Take();
  ASSERT_EQ(Connect(socket, server_), 0);
  EXPECT_EQ(recv(socket->fd, &octet, 1, 0), -1);
  EXPECT_EQ(errno, EAGAIN);
}

TEST_P(SocketPoolTest, AnIcmpErrorIsNotLeftEither) {
  UdpSocket* socket = Take();
  const int closed = ::socket(server_.family(), SOCK_DGRAM, 0);
  ASSERT_EQ(bind(closed, any_port_.sockaddr_ptr(), any_port_.sockaddr_size()), 0);
  const base::SocketAddress nobody = NameOf(closed);
  close(closed);
  ASSERT_EQ(Connect(socket, nobody), 0);
  ASSERT_EQ(send(socket->fd, "x", 1, 0), 1);
  pool_.Release(socket);
  socket = Take();
  ASSERT_EQ(Connect(socket, server_), 0);
  EXPECT_EQ(send(socket->fd, "x", 1, 0), 1);
  char octet;
  EXPECT_EQ(recv(socket->fd, &octet, 1, 0), -1);
  EXPECT_EQ(errno, EAGAIN);
}

TEST_P(SocketPoolTest, TheReaderIsToldOfATakenSocket) {
  UdpSocket* const socket = Take();
  ASSERT_EQ(Connect(socket, server_), 0);
  SendTo(NameOf(socket->fd));
  loop_.RunOnce(absl::InfiniteDuration());
  EXPECT_EQ(reader_.calls, 1);
}

INSTANTIATE_TEST_SUITE_P(Families, SocketPoolTest, ::testing::Values("127.0.0.1:0", "[::1]:0"));

TEST(SocketPool, HasAsManyAsItMayAndThenNone) {
  base::EventLoop loop;
  Counter reader;
  SocketPool pool(&loop, 2, &reader);
  UdpSocket* const first = pool.Take(AF_INET);
  UdpSocket* const second = pool.Take(AF_INET6);
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(pool.taken(), 2u);
  EXPECT_EQ(pool.Take(AF_INET), nullptr);
  pool.Release(second);
  // The one of the other family makes room.
  EXPECT_NE(pool.Take(AF_INET), nullptr);
  EXPECT_EQ(pool.Take(AF_INET6), nullptr);
  EXPECT_EQ(pool.taken(), 2u);
}

TEST(SocketsPerLoop, LeavesDescriptorsForTheRest) {
  EXPECT_EQ(SocketsPerLoop(20000, 1), 8192u);
  EXPECT_EQ(SocketsPerLoop(20000, 4), 4744u);
  EXPECT_EQ(SocketsPerLoop(1024, 2), 256u) << "half of a few";
  EXPECT_EQ(SocketsPerLoop(16, 2), 16u) << "too few to work at all";
  EXPECT_EQ(SocketsPerLoop(UINT64_MAX, 2), 8192u);
}

}  // namespace
}  // namespace strata::recursor
