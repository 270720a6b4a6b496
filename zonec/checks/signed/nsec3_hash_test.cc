// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/nsec3_hash.h"

#include "dns/text/base_encoding.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

std::string Text(const Nsec3Hash& hash) {
  std::string out;
  dns::AppendBaseEncoded(dns::BaseEncoding::kBase32Hex,
                         absl::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()), &out);
  return out;
}

// RFC 5155 appendix A.
TEST(Nsec3Hasher, MakesTheHashesOfTheRfc) {
  Nsec3Hasher hasher("\xaa\xbb\xcc\xdd", 12);
  EXPECT_EQ(Text(hasher(absl::string_view("\7example\0", 9))), "0P9MHAVEQVM6T7VBL5LOP2U3T2RP3TOM");
  EXPECT_EQ(Text(hasher(absl::string_view("\1a\7example\0", 11))), "35MTHGPGCU1QG68FAB165KLNSNK3DPVL");
}

}  // namespace
}  // namespace strata::zonec
