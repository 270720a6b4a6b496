// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/public_key.h"

#include "dns/text/base_encoding.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

std::string Base64(absl::string_view text) {
  std::string octets;
  EXPECT_FALSE(dns::DecodeBase(dns::BaseEncoding::kBase64, text, &octets));
  return octets;
}

// Ed25519 of RFC 8032 §7.1, test 1: the signature of the empty message.
TEST(PublicKey, VerifiesTheVectorOfTheRfc) {
  std::string key, signature;
  ASSERT_FALSE(dns::DecodeBase(dns::BaseEncoding::kHex,
                               "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", &key));
  ASSERT_FALSE(
      dns::DecodeBase(dns::BaseEncoding::kHex,
                      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
                      "f9b46bd25bf5f0595bbe24655141438e7a100b",
                      &signature));
  const std::optional<PublicKey> made = PublicKey::Make(15, key);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->Verify("", signature));
  EXPECT_FALSE(made->Verify("x", signature));
  EXPECT_FALSE(made->Verify("", signature.substr(1)));
  EXPECT_FALSE(made->Verify("", ""));
}

TEST(PublicKey, OfAnUnknownAlgorithmOrAWrongSizeIsNone) {
  EXPECT_FALSE(PublicKey::Make(3, std::string(64, 'x')));
  EXPECT_FALSE(PublicKey::Make(13, std::string(63, 'x')));
  EXPECT_FALSE(PublicKey::Make(13, std::string(64, 'x')));  // not on the curve
  EXPECT_FALSE(PublicKey::Make(8, ""));
}

TEST(PublicKeyDefect, SaysWhatIsWrong) {
  EXPECT_EQ(PublicKeyDefect(15, "short"), "it has 5 octets, where the algorithm's have 32");
  EXPECT_EQ(PublicKeyDefect(8, ""), "it ends too soon");
  EXPECT_EQ(PublicKeyDefect(8, "\3\1\0"), "it ends too soon");
  EXPECT_EQ(PublicKeyDefect(8, Base64("AwEAAf//")), "its modulus has 16 bits, which are too few");
  EXPECT_EQ(PublicKeyDefect(8, "\1\2" + std::string(256, 'x')), "its exponent is even");
  EXPECT_EQ(PublicKeyDefect(8, "\1\1" + std::string(256, 'x')), "its exponent is 1");
  EXPECT_EQ(PublicKeyDefect(8, "\1\3" + std::string(256, 'x')), "");
  EXPECT_EQ(PublicKeyDefect(200, "any"), "");
}

}  // namespace
}  // namespace strata::zonec
