// The recursor: finds answers elsewhere, over gRPC.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "base/command_line.h"
#include "base/log.h"
#include "base/service_main.h"
#include "proto/recursor/v1/config.pb.h"
#include "recursor/configuration.h"
#include "recursor/recursor_process.h"

ABSL_FLAG(std::string, config, "", "configuration `FILE` (YAML); flags override it");
ABSL_FLAG(bool, check_config, false, "check the configuration and exit");
ABSL_FLAG(std::string, listen, "127.0.0.1:5302", "gRPC `ADDRESS` to serve on, or unix:PATH");
ABSL_FLAG(std::vector<std::string>, forward, {}, "servers to forward to, `IP[:PORT],...`");
ABSL_FLAG(std::string, resolv_conf, "", "`FILE` like /etc/resolv.conf, to take servers and options from");
ABSL_FLAG(std::string, hosts_file, "", "`FILE` like /etc/hosts, which answers first");
ABSL_FLAG(uint32_t, workers, 0, "threads that resolve; default: one per CPU");
ABSL_FLAG(bool, insecure, false, "allow plain-text gRPC on other than loopback addresses");
ABSL_FLAG(std::string, tls_certificate, "", "PEM `FILE` of this server's certificate, for TLS with the frontends");
ABSL_FLAG(std::string, tls_key, "", "PEM `FILE` of its key");
ABSL_FLAG(std::string, tls_ca, "", "PEM `FILE` of the CAs that clients' certificates must chain to");
ABSL_FLAG(std::vector<std::string>, tls_allowed_clients, {},
          "`NAME`,… of certificates that are served, or any; default: frontend");
ABSL_FLAG(std::string, admin_listen, "",
          "`ADDRESS` for /metrics, /healthz and /readyz over HTTP, such as 127.0.0.1:9165; default: none");
ABSL_FLAG(strata::base::LogLevel, log_level, strata::base::LogLevel::kInfo,
          "lowest `LEVEL` to log: debug, info, warning or error");

int main(int argc, char** argv) {
  const auto line = strata::base::ParseCommandLineOrExit(
      argc, argv, {.summary = "Finds answers elsewhere, over gRPC.", .arguments = "", .short_options = {}});
  strata::base::SetLogService("recursor");
  strata::base::SetLogLevel(absl::GetFlag(FLAGS_log_level));
  const std::string file = absl::GetFlag(FLAGS_config);
  strata::recursor::v1::RecursorConfig config;
  strata::base::LoadConfigurationOrExit(line, file, &config);
  const auto configuration = strata::recursor::MakeConfiguration(config);
  if (!configuration.ok()) strata::base::ExitWithBadConfiguration(configuration.status(), file);
  if (absl::GetFlag(FLAGS_check_config)) return 0;
  strata::base::RaiseOpenFilesLimit();
  const absl::Status served = strata::recursor::ServeUntilSignalled(*configuration);
  if (!served.ok()) strata::base::ExitWithFailure(served);
  return 0;
}
