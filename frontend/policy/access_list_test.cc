// Tests of networks and who is in them.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/access_list.h"

#include <netinet/in.h>

#include <cstdint>
#include <initializer_list>
#include <string>

#include "base/socket_address.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::HasSubstr;

bool Allows(const AccessList& list, const std::string& address) {
  base::SocketAddressDefaults defaults;
  defaults.port = 53;
  const auto parsed = base::SocketAddress::FromText(address, defaults);
  EXPECT_TRUE(parsed.ok()) << address;
  return list.Allows(parsed->sockaddr_ptr());
}

AccessList Of(std::initializer_list<const char*> networks) {
  AccessList list;
  for (const char* network : networks) EXPECT_TRUE(list.Add(network).ok()) << network;
  return list;
}

TEST(AccessListTest, NobodyByItself) {
  EXPECT_FALSE(Allows(AccessList(), "127.0.0.1"));
  EXPECT_FALSE(Allows(Of({"none"}), "::1"));
}

TEST(AccessListTest, LocalNetworks) {
  const AccessList list = AccessList::LocalNetworks();
  for (const char* inside :
       {"127.0.0.1", "127.255.255.255", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.7.7", "169.254.1.1",
        "100.64.0.1", "100.127.255.255", "::1", "fe80::1", "febf::1", "fc00::1", "fdff::1", "::ffff:10.0.0.1"}) {
    EXPECT_TRUE(Allows(list, inside)) << inside;
  }
  for (const char* outside : {"8.8.8.8", "128.0.0.1", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0",
                              "192.167.255.255", "192.169.0.0", "100.63.255.255", "100.128.0.0", "::2", "::", "fec0::1",
                              "fe00::1", "2001:db8::1", "::ffff:8.8.8.8"}) {
    EXPECT_FALSE(Allows(list, outside)) << outside;
  }
}

TEST(AccessListTest, PrefixesOfAnyLength) {
  EXPECT_TRUE(Allows(Of({"192.0.2.128/25"}), "192.0.2.129"));
  EXPECT_FALSE(Allows(Of({"192.0.2.128/25"}), "192.0.2.127"));
  EXPECT_TRUE(Allows(Of({"192.0.2.7"}), "192.0.2.7"));
  EXPECT_FALSE(Allows(Of({"192.0.2.7"}), "192.0.2.6"));
  EXPECT_TRUE(Allows(Of({"2001:db8::/33"}), "2001:db8:7fff::1"));
  EXPECT_FALSE(Allows(Of({"2001:db8::/33"}), "2001:db8:8000::1"));
  EXPECT_TRUE(Allows(Of({"192.0.2.1", "198.51.100.0/24"}), "198.51.100.255"));
}

TEST(AccessListTest, EverybodyOfAFamily) {
  EXPECT_TRUE(Allows(Of({"any"}), "8.8.8.8"));
  EXPECT_TRUE(Allows(Of({"any"}), "2001:db8::1"));
  EXPECT_TRUE(Allows(Of({"0.0.0.0/0"}), "8.8.8.8"));
  EXPECT_FALSE(Allows(Of({"0.0.0.0/0"}), "2001:db8::1"));
}

TEST(AccessListTest, NetworksWithinOneAnother) {
  for (const auto& networks : {std::initializer_list<const char*>{"10.0.0.0/8", "10.1.0.0/16", "10.1.2.3"},
                               std::initializer_list<const char*>{"10.1.2.3", "10.1.0.0/16", "10.0.0.0/8"}}) {
    const AccessList list = Of(networks);
    EXPECT_TRUE(Allows(list, "10.0.0.0"));
    EXPECT_TRUE(Allows(list, "10.1.2.3"));
    EXPECT_TRUE(Allows(list, "10.255.255.255"));
    EXPECT_FALSE(Allows(list, "9.255.255.255"));
    EXPECT_FALSE(Allows(list, "11.0.0.0"));
  }
  EXPECT_TRUE(Allows(Of({"10.0.0.0/8", "any"}), "11.0.0.0"));
  EXPECT_TRUE(Allows(Of({"any", "10.0.0.0/8"}), "2001:db8::1"));
}

TEST(AccessListTest, TheFirstAndTheLastAddress) {
  EXPECT_TRUE(Allows(Of({"0.0.0.0", "255.255.255.255"}), "0.0.0.0"));
  EXPECT_TRUE(Allows(Of({"0.0.0.0", "255.255.255.255"}), "255.255.255.255"));
  EXPECT_TRUE(Allows(Of({"::", "ffff::/16"}), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_TRUE(Allows(Of({"::", "ffff::/16"}), "::"));
  EXPECT_FALSE(Allows(Of({"::", "ffff::/16"}), "::1"));
}

// 4096 networks, put in out of order.
TEST(AccessListTest, ThousandsOfNetworks) {
  AccessList list;
  for (uint32_t i = 0; i < 65536; ++i) {
    const uint32_t network = i * 40503 % 65536;
    if (network % 16 != 0) continue;
    ASSERT_TRUE(list.Add("10." + std::to_string(network / 256) + "." + std::to_string(network % 256) + ".0/24").ok());
  }
  for (uint32_t network = 0; network < 65536; ++network) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(uint32_t{10} << 24 | network << 8 | 255);
    ASSERT_EQ(list.Allows(reinterpret_cast<const sockaddr*>(&address)), network % 16 == 0) << network;
  }
}

TEST(AccessListTest, NobodyOfAnotherFamily) {
  sockaddr address{};
  address.sa_family = AF_UNIX;
  EXPECT_FALSE(Of({"any"}).Allows(&address));
}

TEST(AccessListTest, ErrorsSayWhatIsExpected) {
  AccessList list;
  for (const char* bad : {"", "localhost", "192.0.2", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "::/129", "/8",
                          "192.0.2.0/24/24", "192.0.2.0/x"}) {
    EXPECT_THAT(std::string(list.Add(bad).message()), HasSubstr("expected one like 192.0.2.0/24")) << bad;
  }
  EXPECT_THAT(std::string(list.Add("192.0.2.1/24").message()), HasSubstr("beyond its prefix of 24 bits"));
  EXPECT_FALSE(Allows(list, "192.0.2.1")) << "a bad entry allows nobody";
}

}  // namespace
}  // namespace strata::frontend
