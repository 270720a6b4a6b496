// udpload: a UDP DNS load from one core, a closed loop or at a rate; prints what it counted as one line of JSON.
//
//   udpload --port=5300 --queries=FILE [--window=512] [--rate=0] [--duration=4s | --passes=1] [--edns=1232] ...
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/time/time.h"
#include "bench/load_run.h"
#include "bench/query_packet.h"

ABSL_FLAG(uint16_t, port, 5300, "server's port on 127.0.0.1");
ABSL_FLAG(std::string, queries, "", "file of \"name type\" lines");
ABSL_FLAG(uint32_t, window, 512, "queries in flight");
ABSL_FLAG(double, rate, 0, "queries a second, whether or not they are answered; 0: as many as the window allows");
ABSL_FLAG(uint32_t, sockets, 4, "sockets that share the window");
ABSL_FLAG(uint32_t, batch, 32, "datagrams a system call");
ABSL_FLAG(absl::Duration, timeout, absl::Seconds(1), "an unanswered query is lost after this");
ABSL_FLAG(absl::Duration, duration, absl::Seconds(4), "how long to send");
ABSL_FLAG(uint64_t, passes, 0, "send the whole file so often, instead of --duration");
ABSL_FLAG(uint16_t, edns, 1232, "UDP size in an OPT record; 0 sends none");
ABSL_FLAG(bool, dnssec_ok, false, "set DO");
ABSL_FLAG(bool, rd, false, "set RD");

namespace strata::bench {
namespace {

QueryOptions QueryOptionsFromFlags() {
  QueryOptions options{.recursion_desired = absl::GetFlag(FLAGS_rd), .dnssec_ok = absl::GetFlag(FLAGS_dnssec_ok)};
  if (absl::GetFlag(FLAGS_edns) != 0) options.edns_udp_size = absl::GetFlag(FLAGS_edns);
  return options;
}

LoadOptions LoadOptionsFromFlags() {
  LoadOptions options{.port = absl::GetFlag(FLAGS_port),
                      .window = absl::GetFlag(FLAGS_window),
                      .sockets = absl::GetFlag(FLAGS_sockets),
                      .batch = absl::GetFlag(FLAGS_batch),
                      .timeout = absl::GetFlag(FLAGS_timeout),
                      .duration = absl::GetFlag(FLAGS_duration)};
  if (absl::GetFlag(FLAGS_rate) > 0) options.rate = absl::GetFlag(FLAGS_rate);
  if (absl::GetFlag(FLAGS_passes) != 0) options.passes = absl::GetFlag(FLAGS_passes);
  return options;
}

int Main() {
  const std::string path = absl::GetFlag(FLAGS_queries);
  std::ifstream file(path);
  if (!file) {
    std::fprintf(stderr, "udpload: cannot read --queries=%s\n", path.c_str());
    return 2;
  }
  const absl::StatusOr<std::vector<QueryPacket>> queries = ReadQueries(file, QueryOptionsFromFlags());
  if (!queries.ok()) {
    std::fprintf(stderr, "udpload: %s: %s\n", path.c_str(), queries.status().ToString().c_str());
    return 2;
  }
  const absl::StatusOr<LoadReport> report = RunLoad(*queries, LoadOptionsFromFlags());
  if (!report.ok()) {
    std::fprintf(stderr, "udpload: %s\n", report.status().ToString().c_str());
    return 1;
  }
  std::printf("%s\n", report->ToJson().c_str());
  return 0;
}

}  // namespace
}  // namespace strata::bench

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("UDP DNS load; prints counts and latencies as JSON");
  absl::ParseCommandLine(argc, argv);
  return strata::bench::Main();
}
