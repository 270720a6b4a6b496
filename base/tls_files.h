// The files that a process shows and believes in TLS: read and checked before anything is encrypted with them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TLS_FILES_H_
#define STRATA_BASE_TLS_FILES_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace strata::base {

// Paths of PEM files; the keys and flags `tls_certificate`, `tls_key` and `tls_ca`.
struct TlsFiles {
  std::string certificate;  // the process's own certificate first, then those that lead to the peers' CA
  std::string key;          // not encrypted
  std::string ca;           // what a peer's certificate must chain to

  friend bool operator==(const TlsFiles&, const TlsFiles&) = default;
};

inline constexpr size_t kMaxTlsFileBytes = 1 << 20;

// What a certificate must be good for, if it says what it is for (extended key usage).
enum class TlsSide { kServer, kClient };

// Sound texts, with nothing in them that is not meant to be there.
struct TlsIdentity {
  std::string certificate;
  std::string key;
  std::string ca;
  std::string name;  // of the certificate: its first DNS name, or else its common name
  absl::Time begins;
  absl::Time expires;
};

// Checks the files' texts: that they can be parsed to their ends, that key and certificate belong together, and that
// the certificate is valid at `now` and for `side`. InvalidArgument names flag and file, and says how to mend it.
absl::StatusOr<TlsIdentity> CheckTlsTexts(const TlsFiles& files, const TlsFiles& texts, TlsSide side, absl::Time now);

// The same of the files as they are now. Other errors: a file cannot be read.
absl::StatusOr<TlsIdentity> ReadTlsFiles(const TlsFiles& files, TlsSide side, absl::Time now);

}  // namespace strata::base

#endif  // STRATA_BASE_TLS_FILES_H_
