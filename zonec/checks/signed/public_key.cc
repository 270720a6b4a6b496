// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/public_key.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "openssl/core_names.h"
#include "openssl/ecdsa.h"
#include "openssl/err.h"
#include "openssl/param_build.h"
#include "openssl/rsa.h"

namespace strata::zonec {
namespace {

constexpr uint8_t kRsaSha256 = 8, kRsaSha512 = 10, kP256 = 13, kP384 = 14, kEd25519 = 15, kEd448 = 16;

template <auto free>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};
template <typename T, auto free>
using Owned = std::unique_ptr<T, Free<free>>;

const unsigned char* Octets(absl::string_view octets) { return reinterpret_cast<const unsigned char*>(octets.data()); }

bool IsRsa(uint8_t algorithm) {
  return algorithm == 5 || algorithm == 7 || algorithm == kRsaSha256 || algorithm == kRsaSha512;
}
bool IsEcdsa(uint8_t algorithm) { return algorithm == kP256 || algorithm == kP384; }
// Octets of one of a point's two coordinates, and of one of a signature's two numbers.
size_t CoordinateSize(uint8_t algorithm) { return algorithm == kP256 ? 32 : 48; }

const EVP_MD* Digest(uint8_t algorithm) {
  return algorithm == kRsaSha512 ? EVP_sha512() : algorithm == kP384 ? EVP_sha384() : EVP_sha256();
}

EVP_PKEY* FromParameters(const char* kind, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) <= 0) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0) return nullptr;
  return key;
}

EVP_PKEY* MakeRsa(absl::string_view public_key) {
  const std::optional<RsaNumbers> numbers = ReadRsaNumbers(public_key);
  if (!numbers) return nullptr;
  const auto number = [](absl::string_view octets) {
    return Owned<BIGNUM, BN_free>(BN_bin2bn(Octets(octets), static_cast<int>(octets.size()), nullptr));
  };
  const auto n = number(numbers->modulus), e = number(numbers->exponent);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) <= 0 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) <= 0) {
    return nullptr;
  }
  return FromParameters("RSA", builder.get());
}

EVP_PKEY* MakeEcdsa(uint8_t algorithm, absl::string_view public_key) {
  // RFC 6605 §4: the bare coordinates. OpenSSL wants to be told that they are not compressed.
  const std::string point = absl::StrCat("\x04", public_key);
  const char* const group = algorithm == kP256 ? "P-256" : "P-384";
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) <= 0 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) <= 0) {
    return nullptr;
  }
  return FromParameters("EC", builder.get());
}

// RFC 6605 §4 has the two numbers one behind the other, OpenSSL has them in DER.
std::vector<unsigned char> DerSignature(absl::string_view signature) {
  const size_t half = signature.size() / 2;
  const auto number = [](absl::string_view octets) {
    return BN_bin2bn(Octets(octets), static_cast<int>(octets.size()), nullptr);
  };
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
  ECDSA_SIG_set0(pair.get(), number(signature.substr(0, half)), number(signature.substr(half)));
  std::vector<unsigned char> der(static_cast<size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)));
  unsigned char* out = der.data();
  i2d_ECDSA_SIG(pair.get(), &out);
  return der;
}

std::string RsaDefect(absl::string_view public_key) {
  const std::optional<RsaNumbers> numbers = ReadRsaNumbers(public_key);
  if (!numbers) return "it ends too soon";
  const size_t bits = numbers->modulus.size() * 8;
  if (bits < 1024) return absl::StrCat("its modulus has ", bits, " bits, which are too few");
  if (bits > 4096) return absl::StrCat("its modulus has ", bits, " bits, and no algorithm takes more than 4096");
  if ((numbers->exponent.back() & 1) == 0) return "its exponent is even";
  if (numbers->exponent.size() == 1 && numbers->exponent[0] == 1) return "its exponent is 1";
  if (numbers->exponent.size() > 8) return "its exponent has more than 64 bits, which many validators refuse";
  return "";
}

}  // namespace

bool CanVerify(uint8_t algorithm) {
  return algorithm == kRsaSha256 || algorithm == kRsaSha512 || (algorithm >= kP256 && algorithm <= kEd448);
}

std::optional<RsaNumbers> ReadRsaNumbers(absl::string_view key) {
  if (key.empty()) return std::nullopt;
  size_t size = static_cast<uint8_t>(key[0]), start = 1;
  if (size == 0) {
    if (key.size() < 3) return std::nullopt;
    size = static_cast<size_t>(static_cast<uint8_t>(key[1]) << 8 | static_cast<uint8_t>(key[2]));
    start = 3;
  }
  if (size == 0 || key.size() <= start + size) return std::nullopt;
  RsaNumbers numbers{key.substr(start, size), key.substr(start + size)};
  while (numbers.exponent.size() > 1 && numbers.exponent[0] == 0) numbers.exponent.remove_prefix(1);
  while (numbers.modulus.size() > 1 && numbers.modulus[0] == 0) numbers.modulus.remove_prefix(1);
  return numbers;
}

std::string PublicKeyDefect(uint8_t algorithm, absl::string_view key) {
  if (IsRsa(algorithm)) return RsaDefect(key);
  const size_t size = IsEcdsa(algorithm)      ? 2 * CoordinateSize(algorithm)
                      : algorithm == kEd25519 ? 32
                      : algorithm == kEd448   ? 57
                                              : key.size();
  if (key.size() != size) return absl::StrCat("it has ", key.size(), " octets, where the algorithm's have ", size);
  if (CanVerify(algorithm) && !PublicKey::Make(algorithm, key)) return "it is no point of the curve";
  return "";
}

std::optional<PublicKey> PublicKey::Make(uint8_t algorithm, absl::string_view octets) {
  PublicKey key(algorithm);
  if (!CanVerify(algorithm)) return std::nullopt;
  if (IsRsa(algorithm)) {
    key.key_ = MakeRsa(octets);
  } else if (IsEcdsa(algorithm)) {
    key.key_ = octets.size() == 2 * CoordinateSize(algorithm) ? MakeEcdsa(algorithm, octets) : nullptr;
  } else {
    const int kind = algorithm == kEd25519 ? EVP_PKEY_ED25519 : EVP_PKEY_ED448;
    key.key_ = EVP_PKEY_new_raw_public_key(kind, nullptr, Octets(octets), octets.size());
  }
  const bool ready = key.key_ != nullptr && key.Prepare();
  ERR_clear_error();
  if (!ready) return std::nullopt;
  return key;
}

bool PublicKey::Prepare() {
  if (!IsRsa(algorithm_) && !IsEcdsa(algorithm_)) return true;
  context_ = EVP_PKEY_CTX_new(key_, nullptr);
  if (context_ == nullptr || EVP_PKEY_verify_init(context_) <= 0) return false;
  if (IsRsa(algorithm_) && EVP_PKEY_CTX_set_rsa_padding(context_, RSA_PKCS1_PADDING) <= 0) return false;
  return EVP_PKEY_CTX_set_signature_md(context_, Digest(algorithm_)) > 0;
}

PublicKey::PublicKey(PublicKey&& other) noexcept
    : algorithm_(other.algorithm_),
      key_(std::exchange(other.key_, nullptr)),
      context_(std::exchange(other.context_, nullptr)) {}

PublicKey::~PublicKey() {
  EVP_PKEY_CTX_free(context_);
  EVP_PKEY_free(key_);
}

bool PublicKey::Verify(absl::string_view message, absl::string_view signature) const {
  bool verified = false;
  if (context_ == nullptr) {
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> digest(EVP_MD_CTX_new());
    verified = EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key_) > 0 &&
               EVP_DigestVerify(digest.get(), Octets(signature), signature.size(), Octets(message), message.size()) > 0;
  } else {
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned hash_size = 0;
    if (EVP_Digest(message.data(), message.size(), hash, &hash_size, Digest(algorithm_), nullptr) <= 0) return false;
    if (IsRsa(algorithm_)) {
      verified = EVP_PKEY_verify(context_, Octets(signature), signature.size(), hash, hash_size) > 0;
    } else if (signature.size() == 2 * CoordinateSize(algorithm_)) {
      const std::vector<unsigned char> der = DerSignature(signature);
      verified = EVP_PKEY_verify(context_, der.data(), der.size(), hash, hash_size) > 0;
    }
  }
  ERR_clear_error();
  return verified;
}

}  // namespace strata::zonec
