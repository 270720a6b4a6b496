// Tests of server cookies: those of RFC 9018 Appendix A, and what makes one bad.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/server_cookie.h"

#include <algorithm>
#include <string>

#include "absl/strings/escaping.h"
#include "frontend/testing/addresses.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::Address;

CookieSecret Secret(absl::string_view hex) {
  const std::string octets = absl::HexStringToBytes(hex);
  CookieSecret secret{};
  EXPECT_EQ(octets.size(), secret.size());
  std::copy_n(octets.begin(), std::min(octets.size(), secret.size()), secret.begin());
  return secret;
}

// A whole COOKIE option in hexadecimal, as RFC 9018 shows it.
std::string Make(absl::string_view client_cookie, const std::string& client, uint32_t now, const CookieSecret& secret) {
  const std::string octets = absl::HexStringToBytes(client_cookie);
  const ServerCookie cookie = MakeServerCookie(octets, Address(client).sockaddr_ptr(), now, secret);
  return absl::BytesToHexString(octets + std::string(cookie.data(), cookie.size()));
}

CookieVerdict Verify(absl::string_view option, const std::string& client, uint32_t now, const CookieSecret& secret) {
  const std::string octets = absl::HexStringToBytes(option);
  const std::optional<CookieOption> cookie = ParseCookieOption(octets);
  EXPECT_TRUE(cookie.has_value()) << option;
  if (!cookie) return CookieVerdict::kBad;
  return VerifyServerCookie(cookie->client, cookie->server, Address(client).sockaddr_ptr(), now, secret);
}

constexpr char kIpv4Client[] = "198.51.100.100";
constexpr char kIpv6Client[] = "2001:db8:220:1:59de:d0f4:8769:82b8";
constexpr char kLearned[] = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";
constexpr uint32_t kLearnedAt = 1'559'731'985;

class Rfc9018Test : public ::testing::Test {
 protected:
  const CookieSecret secret_ = Secret("e5e973e5a6b2a43f48e7dc849e37bfcf");
};

TEST_F(Rfc9018Test, A1LearningANewServerCookie) {
  EXPECT_EQ(Make("2464c4abcf10c957", kIpv4Client, kLearnedAt, secret_), kLearned);
  EXPECT_EQ(Verify(kLearned, kIpv4Client, kLearnedAt, secret_), CookieVerdict::kValid);
}

TEST_F(Rfc9018Test, A2TheSameClientLearningARenewedOne) {
  constexpr uint32_t kFortyMinutesLater = 1'559'734'385;
  EXPECT_EQ(Verify(kLearned, kIpv4Client, kFortyMinutesLater, secret_), CookieVerdict::kValidRenew);
  EXPECT_EQ(Make("2464c4abcf10c957", kIpv4Client, kFortyMinutesLater, secret_),
            "2464c4abcf10c957010000005cf7a871d4a564a1442aca77");
}

// The cookie has reserved octets set. By the times in the RFC it comes back after almost two hours, which §4.3 rules
// out: it is verified as of the time it was made.
TEST_F(Rfc9018Test, A3AnotherClientLearningARenewedOne) {
  constexpr char kReserved[] = "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5";
  EXPECT_EQ(Verify(kReserved, "203.0.113.203", 1'559'727'985, secret_), CookieVerdict::kValid);
  EXPECT_EQ(Verify(kReserved, "203.0.113.203", 1'559'734'700, secret_), CookieVerdict::kBad);
  EXPECT_EQ(Make("fc93fc62807ddb86", "203.0.113.203", 1'559'734'700, secret_),
            "fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e");
}

TEST_F(Rfc9018Test, A4Ipv6QueryWithRolledOverSecret) {
  constexpr char kOld[] = "22681ab97d52c298010000005cf7c57926556bd0934c72f8";
  constexpr uint32_t kNow = 1'559'741'961;
  const CookieSecret old_secret = Secret("dd3bdf9344b678b185a6f5cb60fca715");
  const CookieSecret new_secret = Secret("445536bcd2513298075a5d379663c962");
  EXPECT_EQ(Make("22681ab97d52c298", kIpv6Client, 1'559'741'817, old_secret), kOld);
  EXPECT_EQ(Verify(kOld, kIpv6Client, kNow, old_secret), CookieVerdict::kValid);
  EXPECT_EQ(Verify(kOld, kIpv6Client, kNow, new_secret), CookieVerdict::kBad);
  EXPECT_EQ(Make("22681ab97d52c298", kIpv6Client, kNow, new_secret),
            "22681ab97d52c298010000005cf7c609a6bb79d16625507a");
}

class ServerCookieTest : public Rfc9018Test {};

TEST_F(ServerCookieTest, AMappedAddressIsTheIpv4One) {
  EXPECT_EQ(Make("2464c4abcf10c957", "::ffff:198.51.100.100", kLearnedAt, secret_), kLearned);
  EXPECT_EQ(Verify(kLearned, "::ffff:198.51.100.100", kLearnedAt, secret_), CookieVerdict::kValid);
}

TEST_F(ServerCookieTest, OfAnotherClient) {
  EXPECT_EQ(Verify(kLearned, "198.51.100.101", kLearnedAt, secret_), CookieVerdict::kBad);
  EXPECT_EQ(Verify(kLearned, "::198.51.100.100", kLearnedAt, secret_), CookieVerdict::kBad);
}

TEST_F(ServerCookieTest, EveryBitCounts) {
  const std::string octets = absl::HexStringToBytes(kLearned);
  for (size_t bit = 0; bit < octets.size() * 8; ++bit) {
    std::string changed = octets;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    EXPECT_EQ(Verify(absl::BytesToHexString(changed), kIpv4Client, kLearnedAt, secret_), CookieVerdict::kBad) << bit;
  }
}

TEST_F(ServerCookieTest, OtherSizesAndVersions) {
  const std::string octets = absl::HexStringToBytes(kLearned);
  const absl::string_view client = absl::string_view(octets).substr(0, 8), server = absl::string_view(octets).substr(8);
  const base::SocketAddress address = Address(kIpv4Client);
  for (size_t size = 0; size < server.size(); ++size) {
    EXPECT_EQ(VerifyServerCookie(client, server.substr(0, size), address.sockaddr_ptr(), kLearnedAt, secret_),
              CookieVerdict::kBad)
        << size;
  }
  EXPECT_EQ(VerifyServerCookie(client, std::string(server) + "x", address.sockaddr_ptr(), kLearnedAt, secret_),
            CookieVerdict::kBad);
}

// RFC 9018 §4.3: an hour back, five minutes ahead, renewed after half an hour; also where 32 bits wrap around.
TEST_F(ServerCookieTest, Times) {
  for (const uint32_t made : {kLearnedAt, uint32_t{0}, uint32_t{100}, uint32_t{0xffff'ffff}, uint32_t{0xffff'ff00},
                              uint32_t{0x7fff'ffff}, uint32_t{0x8000'0000}}) {
    const std::string cookie = Make("0011223344556677", kIpv6Client, made, secret_);
    const auto after = [&](int64_t seconds) {
      return Verify(cookie, kIpv6Client, static_cast<uint32_t>(made + seconds), secret_);
    };
    EXPECT_EQ(after(-301), CookieVerdict::kBad) << made;
    EXPECT_EQ(after(-300), CookieVerdict::kValid) << made;
    EXPECT_EQ(after(-1), CookieVerdict::kValid) << made;
    EXPECT_EQ(after(0), CookieVerdict::kValid) << made;
    EXPECT_EQ(after(1800), CookieVerdict::kValid) << made;
    EXPECT_EQ(after(1801), CookieVerdict::kValidRenew) << made;
    EXPECT_EQ(after(3600), CookieVerdict::kValidRenew) << made;
    EXPECT_EQ(after(3601), CookieVerdict::kBad) << made;
    EXPECT_EQ(after(int64_t{1} << 31), CookieVerdict::kBad) << made;
  }
}

// RFC 7873 §5.2.2.
TEST(CookieOptionTest, Sizes) {
  for (size_t size = 0; size <= 60; ++size) {
    const std::string octets(size, 'c');
    const std::optional<CookieOption> cookie = ParseCookieOption(octets);
    const bool sound = size == 8 || (size >= 16 && size <= 40);
    ASSERT_EQ(cookie.has_value(), sound) << size;
    if (!sound) continue;
    EXPECT_EQ(cookie->client.size(), 8u);
    EXPECT_EQ(cookie->server.size(), size - 8);
    EXPECT_EQ(cookie->server.data(), octets.data() + 8);
  }
}

}  // namespace
}  // namespace strata::frontend
