// SPDX-License-Identifier: Apache-2.0
#include "base/tls_files.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/watched_file.h"

namespace strata::base {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
using Bio = std::unique_ptr<BIO, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;

absl::Status Unsound(absl::string_view flag, absl::string_view file, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", file, ": ", reason));
}

Bio Reader(const std::string& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

std::string Written(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, static_cast<size_t>(size));
}

std::string LastReason() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason == nullptr ? "unknown reason" : reason;
}

// Without it, OpenSSL would ask the terminal.
int NoPassword(char*, int, int, void*) { return -1; }

absl::StatusOr<std::vector<Certificate>> ParseCertificates(absl::string_view flag, absl::string_view file,
                                                           const std::string& text) {
  const Bio bio = Reader(text);
  std::vector<Certificate> certificates;
  while (Certificate certificate{PEM_read_bio_X509(bio.get(), nullptr, NoPassword, nullptr)}) {
    certificates.push_back(std::move(certificate));
  }
  // A file that ends here is read to its end; anything else was cut off or damaged.
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  const std::string reason = LastReason();
  if (!at_end) {
    return Unsound(flag, file,
                   absl::StrCat("certificate ", certificates.size() + 1, " in it is damaged or cut off (", reason,
                                "): write it again, beside the old one, and rename it"));
  }
  if (certificates.empty()) return Unsound(flag, file, "no certificate in it: it must be in PEM form (-----BEGIN …)");
  return certificates;
}

absl::StatusOr<Key> ParseKey(absl::string_view file, const std::string& text) {
  const Bio bio = Reader(text);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassword, nullptr));
  if (key != nullptr) return key;
  return Unsound("tls_key", file,
                 absl::StrCat("no private key that can be read (", LastReason(),
                              "): it must be in PEM form, whole, and not encrypted"));
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm broken_down{};
  if (ASN1_TIME_to_tm(time, &broken_down) != 1) return absl::InfinitePast();
  return absl::FromTM(broken_down, absl::UTCTimeZone());
}

std::string TextOf(absl::Time time) { return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone()); }

// Empty: it is valid.
std::string WhyNotValid(const X509* certificate, absl::Time now) {
  const absl::Time begins = TimeOf(X509_get0_notBefore(certificate));
  const absl::Time expires = TimeOf(X509_get0_notAfter(certificate));
  if (now < begins) return absl::StrCat("not valid before ", TextOf(begins), ": look at the clock of this machine");
  if (now > expires) return absl::StrCat("expired at ", TextOf(expires), ": renew it");
  return "";
}

std::string NameOf(X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, Free> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
    return std::string(text, static_cast<size_t>(ASN1_STRING_length(name->d.dNSName)));
  }
  char common_name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, common_name, sizeof common_name);
  return common_name;
}

absl::Status CheckOwn(const TlsFiles& files, X509* own, EVP_PKEY* key, TlsSide side, absl::Time now) {
  if (X509_check_private_key(own, key) != 1) {
    ERR_clear_error();
    return Unsound("tls_key", files.key,
                   absl::StrCat("does not belong to the first certificate of --tls_certificate=", files.certificate,
                                ": give the key that this certificate was made for"));
  }
  if (const std::string reason = WhyNotValid(own, now); !reason.empty()) {
    return Unsound("tls_certificate", files.certificate, reason);
  }
  const int purpose = side == TlsSide::kServer ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT;
  if (X509_check_purpose(own, purpose, 0) == 1) return absl::OkStatus();
  return Unsound("tls_certificate", files.certificate,
                 absl::StrCat("not good for ", side == TlsSide::kServer ? "a server" : "a client",
                              " by its key usage: make one with extendedKeyUsage=",
                              side == TlsSide::kServer ? "serverAuth" : "clientAuth"));
}

std::string ToPem(const std::vector<Certificate>& certificates) {
  const Bio bio(BIO_new(BIO_s_mem()));
  for (const Certificate& certificate : certificates) PEM_write_bio_X509(bio.get(), certificate.get());
  return Written(bio);
}

std::string ToPem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return Written(bio);
}

}  // namespace

absl::StatusOr<TlsIdentity> CheckTlsTexts(const TlsFiles& files, const TlsFiles& texts, TlsSide side, absl::Time now) {
  ERR_clear_error();
  STRATA_ASSIGN_OR_RETURN(const std::vector<Certificate> chain,
                          ParseCertificates("tls_certificate", files.certificate, texts.certificate));
  STRATA_ASSIGN_OR_RETURN(const Key key, ParseKey(files.key, texts.key));
  STRATA_ASSIGN_OR_RETURN(const std::vector<Certificate> ca, ParseCertificates("tls_ca", files.ca, texts.ca));
  STRATA_RETURN_IF_ERROR(CheckOwn(files, chain.front().get(), key.get(), side, now));
  // While CAs are being changed, one of the bundle may be over.
  const bool believable = std::any_of(ca.begin(), ca.end(), [now](const Certificate& certificate) {
    return WhyNotValid(certificate.get(), now).empty();
  });
  if (!believable) return Unsound("tls_ca", files.ca, WhyNotValid(ca.front().get(), now));

  TlsIdentity identity;
  identity.certificate = ToPem(chain);
  identity.key = ToPem(key.get());
  identity.ca = ToPem(ca);
  identity.name = NameOf(chain.front().get());
  identity.begins = TimeOf(X509_get0_notBefore(chain.front().get()));
  identity.expires = TimeOf(X509_get0_notAfter(chain.front().get()));
  return identity;
}

absl::StatusOr<TlsIdentity> ReadTlsFiles(const TlsFiles& files, TlsSide side, absl::Time now) {
  TlsFiles texts;
  const auto read = [](absl::string_view flag, const std::string& file, std::string* text) {
    absl::StatusOr<std::string> read = WatchedFile(file, kMaxTlsFileBytes).Read();
    if (!read.ok()) return absl::Status(read.status().code(), absl::StrCat("--", flag, "=", read.status().message()));
    *text = *std::move(read);
    return absl::OkStatus();
  };
  STRATA_RETURN_IF_ERROR(read("tls_certificate", files.certificate, &texts.certificate));
  STRATA_RETURN_IF_ERROR(read("tls_key", files.key, &texts.key));
  STRATA_RETURN_IF_ERROR(read("tls_ca", files.ca, &texts.ca));
  return CheckTlsTexts(files, texts, side, now);
}

}  // namespace strata::base
