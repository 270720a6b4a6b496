// SPDX-License-Identifier: Apache-2.0
#include "dns/text/base_encoding.h"

#include <array>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace strata::dns {
namespace {

constexpr uint8_t kNoDigit = 0xff;

struct Codec {
  const char* name;
  const char* digits;
  int bits;                        // that one digit carries
  bool padded;                     // with '=' to a multiple of four digits
  std::array<uint8_t, 256> value;  // by character
};

constexpr Codec MakeCodec(const char* name, const char* digits, int bits, bool padded, bool fold_case) {
  Codec codec{name, digits, bits, padded, {}};
  for (uint8_t& value : codec.value) value = kNoDigit;
  for (uint8_t i = 0; digits[i] != '\0'; ++i) {
    const char c = digits[i];
    codec.value[static_cast<uint8_t>(c)] = i;
    if (fold_case && c >= 'A' && c <= 'Z') codec.value[static_cast<uint8_t>(c + 32)] = i;
  }
  return codec;
}

constexpr Codec kHexCodec = MakeCodec("hexadecimal", "0123456789ABCDEF", 4, false, true);
constexpr Codec kBase32HexCodec = MakeCodec("base32hex", "0123456789ABCDEFGHIJKLMNOPQRSTUV", 5, false, true);
constexpr Codec kBase64Codec =
    MakeCodec("base64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6, true, false);

const Codec& CodecOf(BaseEncoding encoding) {
  switch (encoding) {
    case BaseEncoding::kHex:
      return kHexCodec;
    case BaseEncoding::kBase32Hex:
      return kBase32HexCodec;
    case BaseEncoding::kBase64:
      break;
  }
  return kBase64Codec;
}

}  // namespace

void AppendBaseEncoded(BaseEncoding encoding, absl::string_view octets, std::string* out) {
  const Codec& codec = CodecOf(encoding);
  const uint32_t mask = (1u << codec.bits) - 1;
  uint32_t pending = 0;  // its low `bits` bits are not written yet
  int bits = 0;
  size_t digits = 0;
  for (char octet : octets) {
    pending = pending << 8 | static_cast<uint8_t>(octet);
    for (bits += 8; bits >= codec.bits; ++digits) {
      bits -= codec.bits;
      out->push_back(codec.digits[pending >> bits & mask]);
    }
  }
  if (bits > 0) {
    out->push_back(codec.digits[pending << (codec.bits - bits) & mask]);
    ++digits;
  }
  if (codec.padded) out->append((4 - digits % 4) % 4, '=');
}

std::optional<BaseDecodeError> DecodeBase(BaseEncoding encoding, absl::string_view text, std::string* octets) {
  const Codec& codec = CodecOf(encoding);
  absl::string_view digits = text;
  if (codec.padded) {
    while (!digits.empty() && text.size() - digits.size() < 2 && digits.back() == '=') digits.remove_suffix(1);
  }
  uint32_t pending = 0;
  int bits = 0;
  const size_t start = octets->size();
  octets->resize(start + digits.size() * codec.bits / 8);
  char* next = octets->data() + start;
  for (size_t i = 0; i < digits.size(); ++i) {
    const uint8_t value = codec.value[static_cast<uint8_t>(digits[i])];
    if (value == kNoDigit) {
      return BaseDecodeError{
          i, absl::StrCat("'", absl::CHexEscape(digits.substr(i, 1)), "' is no ", codec.name, " digit")};
    }
    pending = pending << codec.bits | value;
    bits += codec.bits;
    if (bits < 8) continue;
    bits -= 8;
    *next++ = static_cast<char>(pending >> bits);
    pending &= (1u << bits) - 1;
  }
  // A whole digit left over carries no octet: it is one too many, or the rest is missing.
  if (bits >= codec.bits || (codec.padded && text.size() % 4 != 0)) {
    return BaseDecodeError{text.size(), absl::StrCat(text.size(), " is no possible number of ", codec.name, " digits")};
  }
  if (pending != 0) {
    return BaseDecodeError{digits.size() - 1, absl::StrCat("the last ", codec.name, " digit has bits beyond the data")};
  }
  return std::nullopt;
}

}  // namespace strata::dns
