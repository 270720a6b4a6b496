// udpecho: the floor that DNS servers are measured against, see udp_echo.h. Prints "ready ADDRESS" when it answers.
//
//   udpecho --port=5300
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdio>
#include <memory>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "bench/udp_echo.h"

ABSL_FLAG(uint16_t, port, 5300, "port on 127.0.0.1; 0 lets the kernel choose");

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("sends UDP datagrams back with QR set");
  absl::ParseCommandLine(argc, argv);
  const absl::StatusOr<std::unique_ptr<strata::bench::UdpEcho>> echo =
      strata::bench::UdpEcho::Bind(absl::GetFlag(FLAGS_port));
  if (!echo.ok()) {
    std::fprintf(stderr, "udpecho: %s\n", echo.status().ToString().c_str());
    return 1;
  }
  std::printf("ready 127.0.0.1:%d\n", (*echo)->port());
  std::fflush(stdout);
  (*echo)->Run();
}
