// strata: all services in one process, for a laptop, a test, a small site.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/time/time.h"
#include "base/command_line.h"
#include "base/log.h"
#include "base/repeated_flag.h"
#include "base/service_main.h"
#include "proto/standalone/v1/config.pb.h"
#include "standalone/configuration.h"
#include "standalone/standalone_process.h"
#include "standalone/zone_files.h"

using strata::base::LogLevel;

ABSL_FLAG(std::string, config, "", "configuration `FILE` (YAML); flags override it");
ABSL_FLAG(bool, check_config, false, "check the configuration and the zones, and exit");
ABSL_FLAG(std::vector<std::string>, interface, {}, "`ADDRESS`,… to answer on; default: all");
ABSL_FLAG(uint32_t, port, 53, "UDP and TCP `PORT`; 0: the kernel chooses");
ABSL_FLAG(strata::base::RepeatedFlag, bindzone, {}, "zone `FILE` in BIND master-file format; may be repeated");
ABSL_FLAG(strata::base::RepeatedFlag, zone, {}, "zone `FILE`, its format told by its content; may be repeated");
ABSL_FLAG(strata::base::RepeatedFlag, pyzone, {}, "zone `FILE` in the Python-like language; may be repeated");
ABSL_FLAG(strata::base::RepeatedFlag, define, {},
          "`NAME=VALUE` that zones in the Python-like language read; may be repeated");
ABSL_FLAG(bool, recursive, false, "resolve names of others, by the servers of /etc/resolv.conf");
ABSL_FLAG(std::vector<std::string>, forward, {}, "resolve by these servers, `IP[:PORT]`,…; implies --recursive");
ABSL_FLAG(std::string, resolv_conf, "", "resolve by the servers of this `FILE`; implies --recursive");
ABSL_FLAG(std::string, hosts_file, "", "hosts(5) `FILE` that answers before any server is asked");
ABSL_FLAG(bool, cache, false, "remember what was resolved");
ABSL_FLAG(std::string, cache_memory, "256MiB", "the most that it remembers, in `OCTETS`; implies --cache");
ABSL_FLAG(std::vector<std::string>, allow_recursion, {},
          "`NETWORK`,… whose clients may have names resolved; default: loopback and private ones");
ABSL_FLAG(strata::base::RepeatedFlag, secondary, {}, "`IP/DOMAIN` of a primary and its zone: not there yet");
ABSL_FLAG(bool, verbose, false, "log each query and answer");
ABSL_FLAG(std::string, any, "minimal_udp", "`POLICY` for ANY queries: minimal_udp, minimal or full");
ABSL_FLAG(std::vector<std::string>, allow_query, {}, "`NETWORK`,… whose clients may ask at all; default: any");
ABSL_FLAG(std::string, identity, "", "`TEXT` of id.server and hostname.bind, or none; default: the host's name");
ABSL_FLAG(std::string, nsid, "", "name server identifier: `TEXT`, 0xHEX or none; default: as --identity");
ABSL_FLAG(std::string, server_version, "", "`TEXT` of version.server and version.bind, or none; default: the version");
ABSL_FLAG(bool, cookies, true, "answer DNS cookies");
ABSL_FLAG(std::string, cookie_secret_file, "", "`FILE` of the cookies' secrets, which all frontends share");
ABSL_FLAG(uint32_t, max_pending_per_client, 4096, "queries of one client that wait at a time, for each worker");
ABSL_FLAG(std::string, admin_listen, "", "HTTP `ADDRESS` of /metrics, /healthz and /readyz; default: none");
ABSL_FLAG(uint32_t, max_udp_size, 1232, "largest answer over UDP, in octets");
ABSL_FLAG(bool, reuse_port, false, "share the port with other servers of ours that run already");
ABSL_FLAG(uint32_t, workers, 0, "worker threads; default: one per CPU");
ABSL_FLAG(uint32_t, max_tcp_connections, 20000, "TCP connections at a time");
ABSL_FLAG(uint32_t, max_tcp_connections_per_client, 0,
          "TCP connections of one address (IPv6: /56) at a time; 0: as many as nobody else needs");
ABSL_FLAG(absl::Duration, tcp_idle_timeout, absl::Seconds(10), "`TIME` that a TCP connection may be without a query");
ABSL_FLAG(LogLevel, log_level, LogLevel::kInfo, "lowest `LEVEL` to log: debug, info, warning or error");

int main(int argc, char** argv) {
  const auto line = strata::base::ParseCommandLineOrExit(
      argc, argv,
      {.summary = "Serves DNS zones from files and resolves names of others, all in one process.",
       .arguments = "",
       .short_options = {{'p', "port"}, {'i', "interface"}, {'v', "verbose"}, {'r', "recursive"}, {'c', "cache"}}});
  strata::base::SetLogService("strata");
  strata::base::SetLogLevel(absl::GetFlag(FLAGS_log_level));
  const std::string file = absl::GetFlag(FLAGS_config);
  strata::standalone::v1::StandaloneConfig config;
  strata::base::LoadConfigurationOrExit(line, file, &config);
  const auto configuration = strata::standalone::MakeConfiguration(config);
  if (!configuration.ok()) strata::base::ExitWithBadConfiguration(configuration.status(), file);
  strata::base::RaiseOpenFilesLimit();
  const absl::Status done = absl::GetFlag(FLAGS_check_config)
                                ? strata::standalone::ZoneFiles(configuration->zone_files).Load().status()
                                : strata::standalone::ServeUntilSignalled(*configuration);
  if (!done.ok()) strata::base::ExitWithFailure(done);
  return 0;
}
