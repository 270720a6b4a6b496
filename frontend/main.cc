// The frontend: answers DNS clients over UDP and TCP, from backends over gRPC.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/time/time.h"
#include "base/command_line.h"
#include "base/log.h"
#include "base/service_main.h"
#include "frontend/configuration.h"
#include "frontend/frontend_process.h"
#include "proto/frontend/v1/config.pb.h"

ABSL_FLAG(std::string, config, "", "configuration `FILE` (YAML); flags override it");
ABSL_FLAG(bool, check_config, false, "check the configuration and exit");
ABSL_FLAG(std::vector<std::string>, listen, {}, "UDP and TCP `ADDRESS`,… to answer on; default: 127.0.0.1:53");
ABSL_FLAG(std::vector<std::string>, authority, {},
          "gRPC `TARGET`,… of the authority's replicas, which all serve the same zones");
ABSL_FLAG(std::vector<std::string>, cache, {}, "gRPC `[NAME=]TARGET`,… of the cache's members");
ABSL_FLAG(std::vector<std::string>, recursor, {}, "gRPC `TARGET`,… of the recursors");
ABSL_FLAG(std::vector<std::string>, allow_recursion, {},
          "`NETWORK`,… whose clients may have names resolved; default: loopback and private ones");
ABSL_FLAG(std::vector<std::string>, allow_query, {}, "`NETWORK`,… whose clients may ask at all; default: any");
ABSL_FLAG(std::string, identity, "", "`TEXT` of id.server and hostname.bind, or none; default: the host's name");
ABSL_FLAG(std::string, nsid, "", "name server identifier: `TEXT`, 0xHEX or none; default: as --identity");
ABSL_FLAG(std::string, server_version, "", "`TEXT` of version.server and version.bind, or none; default: the version");
ABSL_FLAG(bool, cookies, true, "answer DNS cookies");
ABSL_FLAG(std::string, cookie_secret_file, "", "`FILE` of the cookies' secrets, which all frontends share");
ABSL_FLAG(uint32_t, max_pending_per_client, 4096, "queries of one client that wait at a time, for each worker");
ABSL_FLAG(std::string, admin_listen, "", "HTTP `ADDRESS` of /metrics, /healthz and /readyz; default: none");
ABSL_FLAG(std::string, any, "minimal_udp", "`POLICY` for ANY queries: minimal_udp, minimal or full");
ABSL_FLAG(uint32_t, max_udp_size, 1232, "largest answer over UDP, in octets");
ABSL_FLAG(bool, reuse_port, false, "share the ports with other frontends that run already");
ABSL_FLAG(uint32_t, workers, 0, "worker threads; default: one per CPU");
ABSL_FLAG(uint32_t, max_tcp_connections, 20000, "TCP connections at a time");
ABSL_FLAG(uint32_t, max_tcp_connections_per_client, 0,
          "TCP connections of one address (IPv6: /56) at a time; 0: as many as nobody else needs");
ABSL_FLAG(absl::Duration, tcp_idle_timeout, absl::Seconds(10), "`TIME` that a TCP connection may be without a query");
ABSL_FLAG(bool, start_without_authority, false, "answer for names of others before any authority has told its zones");
ABSL_FLAG(bool, insecure, false, "allow plain-text gRPC to other machines");
ABSL_FLAG(std::string, tls_certificate, "", "PEM `FILE` of this process's certificate, for TLS with the backends");
ABSL_FLAG(std::string, tls_key, "", "PEM `FILE` of its key");
ABSL_FLAG(std::string, tls_ca, "", "PEM `FILE` of the CAs that backends' certificates must chain to");
ABSL_FLAG(std::string, tls_server_name, "", "`NAME` that their certificates must have; default: each target's host");
ABSL_FLAG(strata::base::LogLevel, log_level, strata::base::LogLevel::kInfo,
          "lowest `LEVEL` to log: debug, info, warning or error");

int main(int argc, char** argv) {
  const auto line =
      strata::base::ParseCommandLineOrExit(argc, argv,
                                           {.summary = "Answers DNS clients over UDP and TCP, from backends over gRPC.",
                                            .arguments = "",
                                            .short_options = {}});
  strata::base::SetLogService("frontend");
  strata::base::SetLogLevel(absl::GetFlag(FLAGS_log_level));
  const std::string file = absl::GetFlag(FLAGS_config);
  strata::frontend::v1::FrontendConfig config;
  strata::base::LoadConfigurationOrExit(line, file, &config);
  const auto configuration = strata::frontend::MakeConfiguration(config);
  if (!configuration.ok()) strata::base::ExitWithBadConfiguration(configuration.status(), file);
  if (absl::GetFlag(FLAGS_check_config)) return 0;
  strata::base::RaiseOpenFilesLimit();
  const absl::Status served = strata::frontend::ServeUntilSignalled(*configuration);
  if (!served.ok()) strata::base::ExitWithFailure(served);
  return 0;
}
