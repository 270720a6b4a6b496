// The authority: answers for zones from compiled snapshots, over gRPC.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "authority/authority_process.h"
#include "authority/configuration.h"
#include "base/command_line.h"
#include "base/log.h"
#include "base/service_main.h"
#include "proto/authority/v1/config.pb.h"

ABSL_FLAG(std::string, config, "", "configuration `FILE` (YAML); flags override it");
ABSL_FLAG(bool, check_config, false, "check the configuration and exit");
ABSL_FLAG(std::string, listen, "127.0.0.1:5303", "gRPC `ADDRESS` to serve on, or unix:PATH");
ABSL_FLAG(std::string, snapshots, "", "`DIRECTORY` of zone snapshots (*.snap), which is watched");
ABSL_FLAG(std::string, state, "", "`DIRECTORY` for verified copies; default: .state in the snapshots directory");
ABSL_FLAG(uint32_t, workers, 0, "threads that answer; default: one per CPU");
ABSL_FLAG(bool, insecure, false, "allow plain-text gRPC on other than loopback addresses");
ABSL_FLAG(std::string, tls_certificate, "", "PEM `FILE` of this server's certificate, for TLS with the frontends");
ABSL_FLAG(std::string, tls_key, "", "PEM `FILE` of its key");
ABSL_FLAG(std::string, tls_ca, "", "PEM `FILE` of the CAs that clients' certificates must chain to");
ABSL_FLAG(std::vector<std::string>, tls_allowed_clients, {},
          "`NAME`,… of certificates that are served, or any; default: frontend");
ABSL_FLAG(std::string, admin_listen, "",
          "`ADDRESS` for /metrics, /healthz and /readyz over HTTP, such as 127.0.0.1:9166; default: none");
ABSL_FLAG(std::string, admin_grpc, "",
          "gRPC `ADDRESS` for operators, or none; default: a socket in /run/strata, if that is there");
ABSL_FLAG(uint32_t, keep, 3, "versions of a zone that are kept for a rollback");
ABSL_FLAG(strata::base::LogLevel, log_level, strata::base::LogLevel::kInfo,
          "lowest `LEVEL` to log: debug, info, warning or error");

int main(int argc, char** argv) {
  const auto line = strata::base::ParseCommandLineOrExit(
      argc, argv,
      {.summary = "Answers for zones from compiled snapshots, over gRPC.", .arguments = "", .short_options = {}});
  strata::base::SetLogService("authority");
  strata::base::SetLogLevel(absl::GetFlag(FLAGS_log_level));
  const std::string file = absl::GetFlag(FLAGS_config);
  strata::authority::v1::AuthorityConfig config;
  strata::base::LoadConfigurationOrExit(line, file, &config);
  const auto configuration = strata::authority::MakeConfiguration(config);
  if (!configuration.ok()) strata::base::ExitWithBadConfiguration(configuration.status(), file);
  if (absl::GetFlag(FLAGS_check_config)) return 0;
  strata::base::RaiseOpenFilesLimit();
  const absl::Status served = strata::authority::ServeUntilSignalled(*configuration);
  if (!served.ok()) strata::base::ExitWithFailure(served);
  return 0;
}
