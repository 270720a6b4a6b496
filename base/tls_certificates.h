// A process's certificate, key and CA for as long as it runs: read, watched, and handed to gRPC when they are sound.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TLS_CERTIFICATES_H_
#define STRATA_BASE_TLS_CERTIFICATES_H_

#include <grpcpp/security/tls_certificate_provider.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/memory_file.h"
#include "base/periodic_thread.h"
#include "base/tls_files.h"
#include "base/watched_file.h"

namespace strata::base {

// gRPC's own watcher takes any file in, and then fails every handshake if key and certificate do not belong together.
// So it watches copies in memory, which hold nothing but what was checked. New files are in use some three seconds
// after they were written, for new connections; those that stand are left alone.
class TlsCertificates {
 public:
  // The error is that of ReadTlsFiles(). Look() is called from time to time if `watch`.
  static absl::StatusOr<std::unique_ptr<TlsCertificates>> Open(const TlsFiles& files, TlsSide side, bool watch = true);

  // Shared by all credentials. REQUIRES: servers and channels that use it end before this object does.
  std::shared_ptr<grpc::experimental::CertificateProviderInterface> provider() const { return provider_; }

  // Takes in what has changed. What is not sound is logged once, when it stays so, and the last sound files stay in
  // use. Called by one thread at a time.
  void Look(absl::Time now);

  // What is in use.
  const TlsIdentity& identity() const { return identity_; }

 private:
  TlsCertificates(const TlsFiles& files, TlsSide side);
  absl::Status Publish(TlsIdentity identity);
  // Whether there is something new: a text, or an error to complain of.
  bool Poll(absl::string_view flag, WatchedFile* file, std::string* text);
  void WarnOfExpiry(absl::Time now);

  const TlsFiles files_;
  const TlsSide side_;
  WatchedFile certificate_, key_, ca_;
  TlsFiles texts_;
  TlsIdentity identity_;
  absl::Status complaint_;  // of the files as they are; not told yet
  absl::Time next_warning_ = absl::InfinitePast();
  MemoryFile own_, peers_;
  std::shared_ptr<grpc::experimental::CertificateProviderInterface> provider_;
  PeriodicThread watch_;  // the last member: it uses the others
};

}  // namespace strata::base

#endif  // STRATA_BASE_TLS_CERTIFICATES_H_
