// A DNSKEY's key, and what it makes of a signature.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_PUBLIC_KEY_H_
#define STRATA_ZONEC_CHECKS_SIGNED_PUBLIC_KEY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "openssl/evp.h"

namespace strata::zonec {

// 8 and 10 (RFC 5702), 13 and 14 (RFC 6605), 15 and 16 (RFC 8080).
bool CanVerify(uint8_t algorithm);

// The exponent and modulus of an RSA key (RFC 3110 §2).
struct RsaNumbers {
  absl::string_view exponent;
  absl::string_view modulus;
};
// nullopt: the octets end too soon.
std::optional<RsaNumbers> ReadRsaNumbers(absl::string_view public_key);

// What is wrong with a key of one of these algorithms: its size, its form; "" when nothing is.
std::string PublicKeyDefect(uint8_t algorithm, absl::string_view public_key);

// Move only; each thread needs its own.
class PublicKey {
 public:
  // nullopt: OpenSSL does not take it, or CanVerify() is false.
  static std::optional<PublicKey> Make(uint8_t algorithm, absl::string_view public_key);
  PublicKey(PublicKey&& other) noexcept;
  PublicKey& operator=(PublicKey&& other) = delete;
  ~PublicKey();

  bool Verify(absl::string_view message, absl::string_view signature) const;

 private:
  explicit PublicKey(uint8_t algorithm) : algorithm_(algorithm) {}
  bool Prepare();

  uint8_t algorithm_;
  EVP_PKEY* key_ = nullptr;
  // Of RSA and ECDSA: made once, for that takes as long as verifying.
  EVP_PKEY_CTX* context_ = nullptr;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_PUBLIC_KEY_H_
