// SPDX-License-Identifier: Apache-2.0
#include "base/tls_certificates.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/log.h"
#include "base/status_macros.h"

namespace strata::base {
namespace {

constexpr absl::Duration kLook = absl::Seconds(1);
constexpr unsigned kGrpcLookSeconds = 1;  // the least that it takes
constexpr absl::Duration kWarnEvery = absl::Hours(1);

std::string TextOf(absl::Time time) { return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone()); }

}  // namespace

TlsCertificates::TlsCertificates(const TlsFiles& files, TlsSide side)
    : files_(files),
      side_(side),
      certificate_(files.certificate, kMaxTlsFileBytes),
      key_(files.key, kMaxTlsFileBytes),
      ca_(files.ca, kMaxTlsFileBytes) {}

absl::StatusOr<std::unique_ptr<TlsCertificates>> TlsCertificates::Open(const TlsFiles& files, TlsSide side,
                                                                       bool watch) {
  auto certificates = std::unique_ptr<TlsCertificates>(new TlsCertificates(files, side));
  TlsFiles& texts = certificates->texts_;
  for (const auto& [flag, file, text] :
       {std::tuple("tls_certificate", &certificates->certificate_, &texts.certificate),
        std::tuple("tls_key", &certificates->key_, &texts.key), std::tuple("tls_ca", &certificates->ca_, &texts.ca)}) {
    absl::StatusOr<std::string> read = file->Read();
    if (!read.ok()) return absl::Status(read.status().code(), absl::StrCat("--", flag, "=", read.status().message()));
    *text = *std::move(read);
  }
  STRATA_ASSIGN_OR_RETURN(TlsIdentity identity, CheckTlsTexts(files, texts, side, absl::Now()));
  STRATA_RETURN_IF_ERROR(certificates->Publish(std::move(identity)));
  // One file for key and certificate: they are never read apart.
  certificates->provider_ = std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
      certificates->own_.path(), certificates->own_.path(), certificates->peers_.path(), kGrpcLookSeconds);
  certificates->WarnOfExpiry(absl::Now());
  if (watch) {
    certificates->watch_.Start("tls_files", kLook, [self = certificates.get()] { self->Look(absl::Now()); });
  }
  return certificates;
}

absl::Status TlsCertificates::Publish(TlsIdentity identity) {
  // Whoever reads between the two has a new CA list with the old certificate, which is as good as before.
  STRATA_RETURN_IF_ERROR(peers_.Write(identity.ca));
  STRATA_RETURN_IF_ERROR(own_.Write(absl::StrCat(identity.key, identity.certificate)));
  identity_ = std::move(identity);
  return absl::OkStatus();
}

bool TlsCertificates::Poll(absl::string_view flag, WatchedFile* file, std::string* text) {
  std::optional<absl::StatusOr<std::string>> read = file->Poll();
  if (!read.has_value()) return false;
  if (read->ok()) {
    *text = **std::move(read);
  } else {
    text->clear();
    complaint_ = absl::Status(read->status().code(), absl::StrCat("--", flag, "=", read->status().message()));
  }
  return true;
}

void TlsCertificates::Look(absl::Time now) {
  WarnOfExpiry(now);
  const absl::Status untold = std::exchange(complaint_, absl::OkStatus());
  bool changed = Poll("tls_certificate", &certificate_, &texts_.certificate);
  changed = Poll("tls_key", &key_, &texts_.key) || changed;
  changed = Poll("tls_ca", &ca_, &texts_.ca) || changed;
  if (!changed) {
    if (untold.ok()) return;
    // Told now and not before: it was no step of a change from which another followed.
    Log(LogLevel::kError, "TLS files are not sound, serving on with those of before",
        {{"reason", untold.message()}, {"in_use", identity_.name}, {"in_use_expires", TextOf(identity_.expires)}});
    return;
  }
  if (!complaint_.ok()) return;
  absl::StatusOr<TlsIdentity> identity = CheckTlsTexts(files_, texts_, side_, now);
  if (identity.ok()) complaint_ = Publish(*std::move(identity));
  if (!identity.ok()) complaint_ = identity.status();
  if (!complaint_.ok()) return;
  next_warning_ = absl::InfinitePast();
  Log(LogLevel::kInfo, "TLS files changed, new connections use them",
      {{"certificate", identity_.name}, {"expires", TextOf(identity_.expires)}});
}

void TlsCertificates::WarnOfExpiry(absl::Time now) {
  if (now < next_warning_) return;
  const absl::Duration left = identity_.expires - now;
  // In proportion: there are certificates for years, and for hours.
  if (left > (identity_.expires - identity_.begins) / 10) return;
  next_warning_ = now + kWarnEvery;
  if (left > absl::ZeroDuration()) {
    Log(LogLevel::kWarning, "TLS certificate expires soon, renew it",
        {{"tls_certificate", files_.certificate}, {"expires", TextOf(identity_.expires)}});
  } else {
    Log(LogLevel::kError, "TLS certificate has expired, peers refuse new connections; renew it",
        {{"tls_certificate", files_.certificate}, {"expires", TextOf(identity_.expires)}});
  }
}

}  // namespace strata::base
