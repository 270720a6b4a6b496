// The file of cookie secrets, read again when it changes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_COOKIE_SECRET_FILE_H_
#define STRATA_FRONTEND_POLICY_COOKIE_SECRET_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/periodic_thread.h"
#include "base/watched_file.h"
#include "frontend/policy/cookie_secrets.h"

namespace strata::frontend {

// Publishes what is in the file, at once and from a thread of its own whenever it has changed. A file that is bad or
// gone changes nothing, and is logged once.
class CookieSecretFile {
 public:
  // Reads the file; the error says where and why. `published` outlives the object.
  static absl::StatusOr<std::unique_ptr<CookieSecretFile>> Open(std::string path, PublishedCookieSecrets* published);

  // Looks every `interval` from now on, until the object is gone. Call once.
  void Start(absl::Duration interval = absl::Seconds(1));

  // One look, for tests. REQUIRES: not started. A change counts at the second look that finds it.
  void Poll();

 private:
  CookieSecretFile(std::string path, PublishedCookieSecrets* published);

  base::WatchedFile file_;
  PublishedCookieSecrets& published_;
  base::PeriodicThread thread_;  // last, as it uses the others
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_COOKIE_SECRET_FILE_H_
