// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/checksum.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

TEST(Sha256Test, KnownDigests) {  // FIPS 180-2, appendix B
  EXPECT_EQ(absl::BytesToHexString(Sha256().Digest()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 abc;
  abc.Add("a");
  abc.Add("");
  abc.Add("bc");
  EXPECT_EQ(absl::BytesToHexString(abc.Digest()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(IdentityHashTest, IsTheHashOfTheRecordsWireForm) {
  const absl::string_view owner("\1a\0", 3);
  IdentityHash identity;
  identity.Add(owner, 1, 1, 0x01020304, "\x7f\0\0\1");
  Sha256 hash;
  hash.Add(
      absl::string_view("\1a\0"
                        "\0\1"
                        "\0\1"
                        "\1\2\3\4"
                        "\0\1"
                        "\x7f",
                        14));
  EXPECT_EQ(identity.Digest(), hash.Digest());
}

}  // namespace
}  // namespace strata::snapshot
