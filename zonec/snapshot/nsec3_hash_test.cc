// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/nsec3_hash.h"

#include "dns/text/base_encoding.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

std::string Text(const Nsec3Hash& hash) {
  std::string out;
  dns::AppendBaseEncoded(dns::BaseEncoding::kBase32Hex,
                         absl::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()), &out);
  return out;
}

// RFC 5155 appendix A.
TEST(Nsec3Hash, IsThatOfTheRfc) {
  const Nsec3Parameters parameters{12, "\xaa\xbb\xcc\xdd"};
  EXPECT_EQ(Text(HashForNsec3(absl::string_view("\7example\0", 9), parameters)), "0P9MHAVEQVM6T7VBL5LOP2U3T2RP3TOM");
  EXPECT_EQ(Text(HashForNsec3(absl::string_view("\1a\7example\0", 11), parameters)),
            "35MTHGPGCU1QG68FAB165KLNSNK3DPVL");
}

TEST(Nsec3Hash, TakesTheLongestNameAndSalt) {
  const std::string salt(255, 's'), other(254, 's');
  const std::string name(255, 'n');
  EXPECT_NE(Text(HashForNsec3(name, {2, salt})), Text(HashForNsec3(name, {2, other})));
}

TEST(Nsec3Parameters, AreReadFromBothTypes) {
  const std::string rdata("\1\0\0\14\2\xaa\xbb", 7);
  EXPECT_EQ(ReadNsec3Parameters(rdata), (Nsec3Parameters{12, "\xaa\xbb"}));
  EXPECT_EQ(ReadNsec3Parameters(rdata + "more"), (Nsec3Parameters{12, "\xaa\xbb"}));
  EXPECT_EQ(ReadNsec3Parameters(rdata.substr(0, 6)), std::nullopt);
  EXPECT_EQ(ReadNsec3Parameters(std::string("\2") + rdata.substr(1)), std::nullopt);
}

}  // namespace
}  // namespace strata::snapshot
