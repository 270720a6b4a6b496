// SPDX-License-Identifier: Apache-2.0
#include "base/testing/test_certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace strata::base {
namespace {

void Require(bool good, const char* what) {
  if (good) return;
  fprintf(stderr, "test certificates: %s\n", what);
  ERR_print_errors_fp(stderr);
  abort();
}

std::shared_ptr<EVP_PKEY> MakeKey() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  Require(key != nullptr, "key");
  return {key, EVP_PKEY_free};
}

void AddExtension(X509* certificate, X509V3_CTX* context, int nid, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, context, nid, value.c_str());
  Require(extension != nullptr, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::shared_ptr<X509> MakeCertificate(const std::string& common_name, EVP_PKEY* key, absl::Duration begins,
                                      absl::Duration ends) {
  std::shared_ptr<X509> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  uint32_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), static_cast<long>(serial >> 1));
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), absl::ToInt64Seconds(begins));
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), absl::ToInt64Seconds(ends));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

template <typename Write>
std::string Pem(const Write& write) {
  BIO* bio = BIO_new(BIO_s_mem());
  Require(write(bio) == 1, "PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

std::string PemOf(X509* certificate) {
  return Pem([certificate](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

}  // namespace

TestAuthority::TestAuthority(const std::string& name)
    : key_(MakeKey()), certificate_(MakeCertificate(name, key_.get(), -absl::Hours(1), absl::Hours(24 * 30))) {
  X509* const own = certificate_.get();
  X509_set_issuer_name(own, X509_get_subject_name(own));
  X509V3_CTX context;
  X509V3_set_ctx(&context, own, own, nullptr, nullptr, 0);
  AddExtension(own, &context, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(own, &context, NID_key_usage, "critical,keyCertSign");
  AddExtension(own, &context, NID_subject_key_identifier, "hash");
  Require(X509_sign(own, key_.get(), EVP_sha256()) > 0, "signature");
  pem_ = PemOf(own);
}

TestPair TestAuthority::Issue(const TestSubject& subject) const {
  const std::shared_ptr<EVP_PKEY> key = MakeKey();
  const std::shared_ptr<X509> certificate =
      MakeCertificate(subject.common_name, key.get(), subject.begins, subject.ends);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate_.get(), certificate.get(), nullptr, nullptr, 0);
  std::vector<std::string> names;
  for (const std::string& name : subject.dns) names.push_back("DNS:" + name);
  for (const std::string& address : subject.ip) names.push_back("IP:" + address);
  if (!names.empty()) AddExtension(certificate.get(), &context, NID_subject_alt_name, absl::StrJoin(names, ","));
  AddExtension(certificate.get(), &context, NID_authority_key_identifier, "keyid");
  if (!subject.extended_key_usage.empty()) {
    AddExtension(certificate.get(), &context, NID_ext_key_usage, subject.extended_key_usage);
  }
  Require(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0, "signature");
  return {PemOf(certificate.get()), Pem([&](BIO* bio) {
            return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

}  // namespace strata::base
