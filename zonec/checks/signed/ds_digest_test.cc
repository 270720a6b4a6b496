// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/ds_digest.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

// The key of RFC 4034 §5.4, whose digest of SHA-256 is in RFC 4509 §2.3.
constexpr absl::string_view kKey =
    "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBa"
    "MbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
constexpr absl::string_view kOwner("\5dskey\7example\3com\0", 19);

bool IsForTheKey(absl::string_view ds_hex) {
  std::string key;
  if (!absl::Base64Unescape(kKey, &key)) ADD_FAILURE();
  const std::string rdata = std::string("\1\0\3\5", 4) + key;
  return RefersTo(absl::HexStringToBytes(ds_hex), ReadKey(rdata, 0), kOwner);
}

TEST(DsDigest, IsThatOfTheRfcs) {
  EXPECT_TRUE(IsForTheKey("ec4505012BB183AF5F22588179A53B0A98631FAD1A292118"));
  EXPECT_TRUE(IsForTheKey("ec450502D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"));
}

TEST(DsDigest, OfAnotherKeyIsNot) {
  EXPECT_FALSE(IsForTheKey("ec4505012BB183AF5F22588179A53B0A98631FAD1A292119"));
  EXPECT_FALSE(IsForTheKey("ec4605012BB183AF5F22588179A53B0A98631FAD1A292118"));
  EXPECT_FALSE(IsForTheKey("ec4508012BB183AF5F22588179A53B0A98631FAD1A292118"));
}

TEST(DsDigest, OfUnknownTypeIsNotCompared) { EXPECT_TRUE(IsForTheKey("ec4505f000")); }

}  // namespace
}  // namespace strata::zonec
