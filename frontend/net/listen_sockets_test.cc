// Tests of the sockets that DNS is served on.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/listen_sockets.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "frontend/net/listen_options.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

base::SocketAddress Address(absl::string_view text) { return base::SocketAddress::FromText(text).value(); }

uint16_t PortOf(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  EXPECT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size), 0);
  return base::SocketAddress::FromSockaddr(reinterpret_cast<sockaddr*>(&storage), size)->port();
}

// Closes what it opened.
class Opened {
 public:
  Opened(absl::string_view address, int workers, bool reuse_port = false)
      : result(OpenListenSockets(Address(address), workers, reuse_port)) {}
  ~Opened() {
    if (!result.ok()) return;
    for (const int fd : result->udp) close(fd);
    for (const int fd : result->tcp) close(fd);
  }
  const absl::StatusOr<ListenSockets> result;
};

TEST(ListenSocketsTest, OnePortForAllThatTheKernelChose) {
  for (const char* address : {"127.0.0.1:0", "[::1]:0"}) {
    const Opened opened(address, 3);
    ASSERT_TRUE(opened.result.ok()) << opened.result.status();
    EXPECT_THAT(opened.result->udp, SizeIs(3));
    EXPECT_THAT(opened.result->tcp, SizeIs(3));
    const uint16_t port = opened.result->address.port();
    EXPECT_NE(port, 0);
    for (const int fd : opened.result->udp) EXPECT_EQ(PortOf(fd), port);
    for (const int fd : opened.result->tcp) EXPECT_EQ(PortOf(fd), port);
  }
}

TEST(ListenSocketsTest, UdpSocketsHaveLargeBuffersAndNoPathMtu) {
  const Opened four("127.0.0.1:0", 1), six("[::1]:0", 1);
  ASSERT_TRUE(four.result.ok() && six.result.ok());
  EXPECT_GT(four.result->udp_buffer_bytes, 0);
  EXPECT_LE(four.result->udp_buffer_bytes, kUdpBufferBytes);
  int value = -1;
  socklen_t size = sizeof value;
  getsockopt(four.result->udp[0], IPPROTO_IP, IP_MTU_DISCOVER, &value, &size);
  EXPECT_EQ(value, IP_PMTUDISC_OMIT);
  getsockopt(six.result->udp[0], IPPROTO_IPV6, IPV6_MTU_DISCOVER, &value, &size);
  EXPECT_EQ(value, IPV6_PMTUDISC_OMIT);
}

TEST(ListenSocketsTest, TakenPortIsAnErrorThatSaysWhatToDo) {
  const Opened first("127.0.0.1:0", 2);
  ASSERT_TRUE(first.result.ok()) << first.result.status();
  const std::string address = first.result->address.ToText();
  const Opened second(address, 2);
  EXPECT_EQ(second.result.status().code(), absl::StatusCode::kAlreadyExists);
  const std::string message(second.result.status().message());
  EXPECT_THAT(message, HasSubstr(address));
  EXPECT_THAT(message, HasSubstr("ss -lunpt"));
  EXPECT_THAT(message, HasSubstr("--reuse_port"));
}

TEST(ListenSocketsTest, PortTakenForTcpOnlyIsTaken) {
  const Opened first("127.0.0.1:0", 1);
  ASSERT_TRUE(first.result.ok());
  const int udp = first.result->udp[0];
  // Make UDP free, and keep TCP: closing happens again in the destructor, so give it something to close.
  const int placeholder = dup(first.result->tcp[0]);
  ASSERT_GE(dup2(placeholder, udp), 0);
  close(placeholder);
  const Opened second(first.result->address.ToText(), 1);
  EXPECT_THAT(std::string(second.result.status().message()), HasSubstr("(TCP)"));
}

TEST(ListenSocketsTest, SharingIsForThoseWhoSaySo) {
  const Opened first("127.0.0.1:0", 1, /*reuse_port=*/true);
  ASSERT_TRUE(first.result.ok());
  const std::string address = first.result->address.ToText();
  EXPECT_TRUE(Opened(address, 1, /*reuse_port=*/true).result.ok());
  EXPECT_FALSE(Opened(address, 1, /*reuse_port=*/false).result.ok());
}

TEST(ListenSocketsTest, PortIsFreeAgainAfterwards) {
  std::string address;
  {
    const Opened first("127.0.0.1:0", 2);
    ASSERT_TRUE(first.result.ok());
    address = first.result->address.ToText();
  }
  const Opened second(address, 2);
  EXPECT_TRUE(second.result.ok()) << second.result.status();
}

TEST(ListenSocketsTest, AddressThatIsNotOurs) {
  const Opened opened("192.0.2.1:5300", 1);
  ASSERT_FALSE(opened.result.ok());
  EXPECT_THAT(std::string(opened.result.status().message()), HasSubstr("cannot listen on 192.0.2.1:5300 (UDP)"));
}

TEST(ListenSocketsTest, Ipv6LeavesIpv4Alone) {
  const Opened six("[::]:0", 1);
  ASSERT_TRUE(six.result.ok()) << six.result.status();
  const Opened four("0.0.0.0:" + std::to_string(six.result->address.port()), 1);
  EXPECT_TRUE(four.result.ok()) << four.result.status();
}

}  // namespace
}  // namespace strata::frontend
