// The cache's configuration, checked and filled in.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_CONFIGURATION_H_
#define STRATA_CACHE_CONFIGURATION_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/socket_address.h"
#include "base/tls_options.h"
#include "cache/answer_cache.h"
#include "proto/cache/v1/config.pb.h"

namespace strata::cache {

struct Configuration {
  std::string listen;
  bool insecure = false;
  std::optional<base::TlsServerOptions> tls;
  int workers = 1;
  std::optional<base::SocketAddress> admin_listen;
  AnswerCache::Options cache;
};

// "256MiB", or a number of octets. The error names `flag`.
absl::StatusOr<size_t> MemoryFromText(absl::string_view flag, const std::string& text);

// The error names the key, which is the flag's name too.
absl::StatusOr<Configuration> MakeConfiguration(const v1::CacheConfig& config);

}  // namespace strata::cache

#endif  // STRATA_CACHE_CONFIGURATION_H_
