// Tests of the networks that clients are in.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/client_prefix.h"

#include <sys/un.h>

#include <set>
#include <string>

#include "frontend/testing/addresses.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

ClientPrefix Of(const std::string& address, int ipv4 = 32, int ipv6 = 128) {
  return ClientPrefix::Of(testing::Address(address).sockaddr_ptr(), {ipv4, ipv6});
}

TEST(ClientPrefixTest, AnAddressIsKeptWhole) {
  EXPECT_EQ(Of("192.0.2.129"), (ClientPrefix{0, 0xffff'c000'0281}));
  EXPECT_EQ(Of("2001:db8:1:2:3:4:5:6"), (ClientPrefix{0x2001'0db8'0001'0002, 0x0003'0004'0005'0006}));
}

TEST(ClientPrefixTest, BitsBeyondThePrefixDoNotCount) {
  EXPECT_EQ(Of("192.0.2.129", 24), Of("192.0.2.1", 24));
  EXPECT_FALSE(Of("192.0.2.1", 24) == Of("192.0.3.1", 24));
  EXPECT_EQ(Of("192.0.2.129", 25), (ClientPrefix{0, 0xffff'c000'0280}));
  EXPECT_EQ(Of("2001:db8:0:12ff::1", 32, 56), Of("2001:db8:0:1200::", 32, 56));
  EXPECT_FALSE(Of("2001:db8:0:1300::", 32, 56) == Of("2001:db8:0:1200::", 32, 56));
  EXPECT_EQ(Of("2001:db8:0:1::1", 32, 64), (ClientPrefix{0x2001'0db8'0000'0001, 0}));
  EXPECT_EQ(Of("2001:db8::ffff:0:0:1", 32, 80), (ClientPrefix{0x2001'0db8'0000'0000, 0xffff'0000'0000'0000}));
}

TEST(ClientPrefixTest, EveryLengthKeepsThatManyBits) {
  for (int bits = 0; bits <= 128; ++bits) {
    const ClientPrefix prefix = Of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 32, bits);
    EXPECT_EQ(__builtin_popcountll(prefix.high) + __builtin_popcountll(prefix.low), bits);
  }
  for (int bits = 0; bits <= 32; ++bits) {
    const ClientPrefix prefix = Of("255.255.255.255", bits);
    EXPECT_EQ(__builtin_popcountll(prefix.low), 16 + bits);
    EXPECT_TRUE(prefix.is_ipv4()) << bits;
  }
}

TEST(ClientPrefixTest, AMappedAddressIsTheIpv4One) {
  EXPECT_EQ(Of("::ffff:192.0.2.7", 24, 56), Of("192.0.2.1", 24, 56));
  EXPECT_TRUE(Of("::ffff:192.0.2.7").is_ipv4());
  EXPECT_FALSE(Of("::192.0.2.7").is_ipv4());
  EXPECT_FALSE(Of("1::ffff:192.0.2.7").is_ipv4());
}

TEST(ClientPrefixTest, NoTwoFamiliesInOnePrefix) { EXPECT_FALSE(Of("0.0.0.0", 0, 0) == Of("::1", 0, 0)); }

TEST(ClientPrefixTest, OfAnotherFamily) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  EXPECT_EQ(ClientPrefix::Of(reinterpret_cast<const sockaddr*>(&address)), ClientPrefix());
}

TEST(PrefixHasherTest, DependsOnAllOfIt) {
  const PrefixHasher hasher(1);
  const ClientPrefix prefix{1, 2};
  EXPECT_EQ(hasher.Hash(prefix, 3, 4), PrefixHasher(1).Hash(prefix, 3, 4));
  const std::set<uint64_t> hashes = {
      hasher.Hash(prefix, 3, 4),          hasher.Hash({1, 3}, 3, 4), hasher.Hash({2, 2}, 3, 4),
      hasher.Hash(prefix, 4, 4),          hasher.Hash(prefix, 3, 3), hasher.Hash({2, 1}, 3, 4),
      PrefixHasher(2).Hash(prefix, 3, 4), hasher.Hash(prefix, 4, 3),
  };
  EXPECT_EQ(hashes.size(), 8u);
}

TEST(PrefixHasherTest, NoTwoHaveTheSameSecret) {
  EXPECT_NE(PrefixHasher().Hash(ClientPrefix{1, 2}), PrefixHasher().Hash(ClientPrefix{1, 2}));
}

}  // namespace
}  // namespace strata::frontend
