// The cache: remembers answers for all frontends, over gRPC.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "base/command_line.h"
#include "base/log.h"
#include "base/service_main.h"
#include "cache/cache_process.h"
#include "cache/configuration.h"
#include "proto/cache/v1/config.pb.h"

ABSL_FLAG(std::string, config, "", "configuration `FILE` (YAML); flags override it");
ABSL_FLAG(bool, check_config, false, "check the configuration and exit");
ABSL_FLAG(std::string, listen, "127.0.0.1:5301", "gRPC `ADDRESS` to serve on, or unix:PATH");
ABSL_FLAG(std::string, memory, "256MiB", "the most that remembered answers may take, a `SIZE` in KiB, MiB or GiB");
ABSL_FLAG(uint32_t, workers, 0, "threads that answer; default: one per CPU");
ABSL_FLAG(uint32_t, max_ttl, 86400, "longest that an answer is remembered, in `SECONDS`");
ABSL_FLAG(uint32_t, max_negative_ttl, 3600, "longest that its absence is remembered, in `SECONDS`");
ABSL_FLAG(bool, insecure, false, "allow plain-text gRPC on other than loopback addresses");
ABSL_FLAG(std::string, tls_certificate, "", "PEM `FILE` of this server's certificate, for TLS with the frontends");
ABSL_FLAG(std::string, tls_key, "", "PEM `FILE` of its key");
ABSL_FLAG(std::string, tls_ca, "", "PEM `FILE` of the CAs that clients' certificates must chain to");
ABSL_FLAG(std::vector<std::string>, tls_allowed_clients, {},
          "`NAME`,… of certificates that are served, or any; default: frontend");
ABSL_FLAG(std::string, admin_listen, "",
          "`ADDRESS` for /metrics, /healthz and /readyz over HTTP, such as 127.0.0.1:9164; default: none");
ABSL_FLAG(strata::base::LogLevel, log_level, strata::base::LogLevel::kInfo,
          "lowest `LEVEL` to log: debug, info, warning or error");

int main(int argc, char** argv) {
  const auto line = strata::base::ParseCommandLineOrExit(
      argc, argv, {.summary = "Remembers answers for all frontends, over gRPC.", .arguments = "", .short_options = {}});
  strata::base::SetLogService("cache");
  strata::base::SetLogLevel(absl::GetFlag(FLAGS_log_level));
  const std::string file = absl::GetFlag(FLAGS_config);
  strata::cache::v1::CacheConfig config;
  strata::base::LoadConfigurationOrExit(line, file, &config);
  const auto configuration = strata::cache::MakeConfiguration(config);
  if (!configuration.ok()) strata::base::ExitWithBadConfiguration(configuration.status(), file);
  if (absl::GetFlag(FLAGS_check_config)) return 0;
  strata::base::RaiseOpenFilesLimit();
  const absl::Status served = strata::cache::ServeUntilSignalled(*configuration);
  if (!served.ok()) strata::base::ExitWithFailure(served);
  return 0;
}
