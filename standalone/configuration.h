// The all-in-one server's configuration, checked and turned into what its parts take.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_CONFIGURATION_H_
#define STRATA_STANDALONE_CONFIGURATION_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "cache/answer_cache.h"
#include "frontend/frontend_server.h"
#include "proto/standalone/v1/config.pb.h"
#include "recursor/resolver_options.h"
#include "standalone/zone_source.h"

namespace strata::standalone {

struct Configuration {
  frontend::FrontendOptions server;
  std::vector<ZoneSource> zone_files;
  // What it resolves by, and remembers; absent where it does not.
  std::optional<recursor::ResolverOptions> resolver;
  std::optional<cache::AnswerCache::Options> cache;
  // Absent: no admin pages.
  std::optional<base::SocketAddress> admin_listen;
};

// Fills in what `config` leaves out. The error names the key, which is the flag's name too.
absl::StatusOr<Configuration> MakeConfiguration(const v1::StandaloneConfig& config);

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_CONFIGURATION_H_
