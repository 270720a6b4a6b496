// SPDX-License-Identifier: Apache-2.0
#include "dns/text/base_encoding.h"

#include "gmock/gmock.h"

namespace strata::dns {
namespace {

using testing::HasSubstr;

std::string Encode(BaseEncoding encoding, absl::string_view octets) {
  std::string out;
  AppendBaseEncoded(encoding, octets, &out);
  return out;
}

// The octets, or "at POSITION: message".
std::string Decode(BaseEncoding encoding, absl::string_view text) {
  std::string out;
  const auto error = DecodeBase(encoding, text, &out);
  return error ? "at " + std::to_string(error->position) + ": " + error->message : out;
}

// The vectors of RFC 4648 §10; base32hex without its padding.
TEST(BaseEncoding, PassesTheVectorsOfRfc4648) {
  const struct {
    const char* octets;
    const char* hex;
    const char* base32hex;
    const char* base64;
  } kVectors[] = {
      {"", "", "", ""},
      {"f", "66", "CO", "Zg=="},
      {"fo", "666F", "CPNG", "Zm8="},
      {"foo", "666F6F", "CPNMU", "Zm9v"},
      {"foob", "666F6F62", "CPNMUOG", "Zm9vYg=="},
      {"fooba", "666F6F6261", "CPNMUOJ1", "Zm9vYmE="},
      {"foobar", "666F6F626172", "CPNMUOJ1E8", "Zm9vYmFy"},
  };
  for (const auto& v : kVectors) {
    EXPECT_EQ(Encode(BaseEncoding::kHex, v.octets), v.hex);
    EXPECT_EQ(Encode(BaseEncoding::kBase32Hex, v.octets), v.base32hex);
    EXPECT_EQ(Encode(BaseEncoding::kBase64, v.octets), v.base64);
    EXPECT_EQ(Decode(BaseEncoding::kHex, v.hex), v.octets);
    EXPECT_EQ(Decode(BaseEncoding::kBase32Hex, v.base32hex), v.octets);
    EXPECT_EQ(Decode(BaseEncoding::kBase64, v.base64), v.octets);
  }
}

TEST(BaseEncoding, EveryOctetSurvives) {
  std::string octets;
  for (int i = 0; i < 256; ++i) octets.push_back(static_cast<char>(i));
  for (auto encoding : {BaseEncoding::kHex, BaseEncoding::kBase32Hex, BaseEncoding::kBase64}) {
    EXPECT_EQ(Decode(encoding, Encode(encoding, octets)), octets);
  }
}

TEST(BaseEncoding, FoldsCaseWhereLettersHaveNone) {
  EXPECT_EQ(Decode(BaseEncoding::kHex, "6f6F"), "oo");
  EXPECT_EQ(Decode(BaseEncoding::kBase32Hex, "cpnmuog"), "foob");
  EXPECT_NE(Decode(BaseEncoding::kBase64, "ZM8="), "fo");
}

TEST(BaseEncoding, SaysWhatIsWrongWhere) {
  EXPECT_THAT(Decode(BaseEncoding::kHex, "66g6"), HasSubstr("at 2: 'g' is no hexadecimal digit"));
  EXPECT_THAT(Decode(BaseEncoding::kHex, "666"), HasSubstr("at 3: 3 is no possible number"));
  EXPECT_THAT(Decode(BaseEncoding::kBase32Hex, "cw"), HasSubstr("at 1: 'w'"));
  EXPECT_THAT(Decode(BaseEncoding::kBase32Hex, "c"), HasSubstr("1 is no possible number"));
  EXPECT_THAT(Decode(BaseEncoding::kBase32Hex, "cpn"), HasSubstr("3 is no possible number"));
  EXPECT_THAT(Decode(BaseEncoding::kBase32Hex, "cpnmuo"), HasSubstr("6 is no possible number"));
  EXPECT_THAT(Decode(BaseEncoding::kBase64, "Zg="), HasSubstr("3 is no possible number"));
  EXPECT_THAT(Decode(BaseEncoding::kBase64, "Zg"), HasSubstr("2 is no possible number"));
  EXPECT_THAT(Decode(BaseEncoding::kBase64, "Z==="), HasSubstr("'=' is no base64 digit"));
  EXPECT_THAT(Decode(BaseEncoding::kBase64, "===="), HasSubstr("'=' is no base64 digit"));
  EXPECT_THAT(Decode(BaseEncoding::kBase64, "Zg==Zg=="), HasSubstr("at 2: '='"));
  EXPECT_THAT(Decode(BaseEncoding::kBase64, "\xff"), HasSubstr("'\\xff'"));
}

TEST(BaseEncoding, SpareBitsMustBeZero) {
  EXPECT_THAT(Decode(BaseEncoding::kBase64, "Zh=="), HasSubstr("at 1: the last base64 digit has bits beyond"));
  EXPECT_THAT(Decode(BaseEncoding::kBase32Hex, "CP"), HasSubstr("bits beyond"));
}

}  // namespace
}  // namespace strata::dns
