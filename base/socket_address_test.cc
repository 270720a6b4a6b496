// Tests of what is read as an address, what is refused and with which words.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/socket_address.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

std::string Read(absl::string_view text, const SocketAddressDefaults& defaults = {}) {
  const auto address = SocketAddress::FromText(text, defaults);
  return address.ok() ? address->ToText() : std::string(address.status().message());
}

TEST(SocketAddress, ReadsWhatItWrites) {
  EXPECT_EQ(Read("192.0.2.1:53"), "192.0.2.1:53");
  EXPECT_EQ(Read("[2001:db8::1]:53"), "[2001:db8::1]:53");
  EXPECT_EQ(Read("[2001:DB8:0:0::1]:0"), "[2001:db8::1]:0");
  EXPECT_EQ(Read("0.0.0.0:65535"), "0.0.0.0:65535");
}

TEST(SocketAddress, DefaultsFillWhatIsLeftOut) {
  const SocketAddressDefaults port{.host = "", .port = 53};
  EXPECT_EQ(Read("192.0.2.1", port), "192.0.2.1:53");
  EXPECT_EQ(Read("2001:db8::1", port), "[2001:db8::1]:53");
  EXPECT_EQ(Read("[2001:db8::1]", port), "[2001:db8::1]:53");
  EXPECT_EQ(Read("[2001:db8::1]:54", port), "[2001:db8::1]:54");
  const SocketAddressDefaults host{.host = "127.0.0.1", .port = {}};
  EXPECT_EQ(Read("5300", host), "127.0.0.1:5300");
  EXPECT_EQ(Read(":5300", host), "127.0.0.1:5300");
  EXPECT_EQ(Read("53", {.host = "::1", .port = 5301}), "[::1]:53");
}

TEST(SocketAddress, RefusesOtherTextsAndSaysWhatIsExpected) {
  const std::string expected = " is not an address; expected IP:PORT or [IPv6]:PORT";
  for (const std::string text : {"", ":", "53", ":53", "192.0.2.1", "example.com:53", "[::1]", "[::1]53", "[::1",
                                 "[192.0.2.1]:53", "::1", "256.0.0.1:53", "192.0.2.1 :53", "a]:1"}) {
    EXPECT_EQ(Read(text), "\"" + text + "\"" + expected);
  }
  EXPECT_EQ(Read("x", {.host = "127.0.0.1", .port = 53}),
            "\"x\"" + expected + ", without :PORT for port 53, or PORT alone for 127.0.0.1");
  EXPECT_EQ(Read(absl::string_view("::1\0", 4), {.host = "", .port = 53}),
            "\"::1\\000\"" + expected + ", without :PORT for port 53");
}

TEST(SocketAddress, RefusesWhatIsNoPort) {
  for (const std::string port : {"65536", "-1", "", "+53", "5 ", "http", "99999999999999999999"}) {
    EXPECT_EQ(Read("192.0.2.1:" + port),
              "\"" + port + "\" in \"192.0.2.1:" + port + "\" is not a port; expected a number from 0 to 65535");
  }
}

TEST(SocketAddress, PassesThroughTheSystemsForm) {
  for (const char* text : {"192.0.2.1:53", "[2001:db8::1]:53"}) {
    const SocketAddress address = *SocketAddress::FromText(text);
    const auto same = SocketAddress::FromSockaddr(address.sockaddr_ptr(), address.sockaddr_size());
    ASSERT_TRUE(same.has_value());
    EXPECT_EQ(*same, address);
    EXPECT_FALSE(SocketAddress::FromSockaddr(address.sockaddr_ptr(), address.sockaddr_size() - 1).has_value());
  }
  const sockaddr unix_address{.sa_family = AF_UNIX, .sa_data = {}};
  EXPECT_FALSE(SocketAddress::FromSockaddr(&unix_address, sizeof(unix_address)).has_value());
}

TEST(SocketAddress, KnowsLoopbackAndUnspecified) {
  const auto is_loopback = [](absl::string_view text) { return SocketAddress::FromText(text)->IsLoopback(); };
  EXPECT_TRUE(is_loopback("127.0.0.1:1"));
  EXPECT_TRUE(is_loopback("127.255.0.9:1"));
  EXPECT_TRUE(is_loopback("[::1]:1"));
  EXPECT_TRUE(is_loopback("[::ffff:127.0.0.1]:1"));
  EXPECT_FALSE(is_loopback("128.0.0.1:1"));
  EXPECT_FALSE(is_loopback("0.0.0.0:1"));
  EXPECT_FALSE(is_loopback("[::]:1"));
  EXPECT_FALSE(is_loopback("[::ffff:10.0.0.1]:1"));
  EXPECT_TRUE(SocketAddress::FromText("0.0.0.0:1")->IsUnspecified());
  EXPECT_TRUE(SocketAddress::FromText("[::]:1")->IsUnspecified());
  EXPECT_FALSE(SocketAddress::FromText("[::1]:1")->IsUnspecified());
}

TEST(SocketAddress, ComparesAddressAndPort) {
  const SocketAddress address = *SocketAddress::FromText("192.0.2.1:53");
  EXPECT_EQ(address, *SocketAddress::FromText("192.0.2.1:53"));
  EXPECT_FALSE(address == address.WithPort(54));
  EXPECT_FALSE(address == *SocketAddress::FromText("192.0.2.2:53"));
  EXPECT_FALSE(address == *SocketAddress::FromText("[::ffff:192.0.2.1]:53"));
  EXPECT_EQ(address.WithPort(54).port(), 54);
  EXPECT_EQ(SocketAddress().ToText(), "0.0.0.0:0");
}

}  // namespace
}  // namespace strata::base
