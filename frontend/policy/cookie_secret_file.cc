// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/cookie_secret_file.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "base/log.h"
#include "base/status_macros.h"

namespace strata::frontend {
namespace {

using base::Log, base::LogLevel;

// Eight secrets and what there is to say about them.
constexpr size_t kMaxFileSize = 65'536;

}  // namespace

CookieSecretFile::CookieSecretFile(std::string path, PublishedCookieSecrets* published)
    : file_(std::move(path), kMaxFileSize), published_(*published) {}

absl::StatusOr<std::unique_ptr<CookieSecretFile>> CookieSecretFile::Open(std::string path,
                                                                         PublishedCookieSecrets* published) {
  std::unique_ptr<CookieSecretFile> file(new CookieSecretFile(std::move(path), published));
  STRATA_ASSIGN_OR_RETURN(const std::string text, file->file_.Read());
  STRATA_ASSIGN_OR_RETURN(CookieSecrets secrets, CookieSecrets::FromText(file->file_.path(), text));
  published->Publish(std::make_shared<const CookieSecrets>(std::move(secrets)));
  return file;
}

void CookieSecretFile::Start(absl::Duration interval) {
  thread_.Start("cookie_secrets", interval, [this] { Poll(); });
}

void CookieSecretFile::Poll() {
  const std::optional<absl::StatusOr<std::string>> text = file_.Poll();
  if (!text) return;
  absl::StatusOr<CookieSecrets> secrets =
      text->ok() ? CookieSecrets::FromText(file_.path(), **text) : absl::StatusOr<CookieSecrets>(text->status());
  if (!secrets.ok()) {
    Log(LogLevel::kError, "cookie secrets stay as they were", {{"error", secrets.status().message()}});
    return;
  }
  if (*secrets == *published_.Current()) return;
  Log(LogLevel::kInfo, "cookie secrets read again", {{"file", file_.path()}, {"secrets", secrets->size()}});
  published_.Publish(std::make_shared<const CookieSecrets>(*std::move(secrets)));
}

}  // namespace strata::frontend
