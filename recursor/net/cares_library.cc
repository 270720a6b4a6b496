// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_library.h"

#include <arpa/inet.h>

#include <mutex>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace strata::recursor {
namespace {

constexpr int kKnownMajor = 1;
constexpr int kKnownMinor = 18;
// Longer than any timeout of ours, which run out first.
constexpr int kTimeoutMs = 60'000;
// The largest the library takes; larger replies over UDP would be cut.
constexpr int kUdpPayloadSize = 4096;

}  // namespace

absl::Status CheckCaresVersion(int version) {
  const int major = version >> 16 & 0xff;
  const int minor = version >> 8 & 0xff;
  if (major == kKnownMajor && minor == kKnownMinor) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("c-ares ", major, ".", minor, ".", version & 0xff,
                   " is loaded, and recursion is only known to be safe with ", kKnownMajor, ".", kKnownMinor,
                   ": install Debian 12's libc-ares2, or look for another libcares.so.2 on the path"));
}

absl::Status InitCares() {
  int version = 0;
  ares_version(&version);
  STRATA_RETURN_IF_ERROR(CheckCaresVersion(version));
  static std::once_flag once;
  static int result = ARES_SUCCESS;
  std::call_once(once, [] { result = ares_library_init(ARES_LIB_INIT_ALL); });
  if (result == ARES_SUCCESS) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("c-ares does not start: ", ares_strerror(result)));
}

absl::StatusOr<CaresChannel> MakeCaresChannel(const CaresChannelOptions& options) {
  in_addr placeholder{};
  inet_pton(AF_INET, kPlaceholderServer, &placeholder);
  char lookups[] = "b";
  ares_options settings{};
  settings.flags = options.flags;
  settings.timeout = kTimeoutMs;
  settings.tries = options.tries;
  settings.ndots = 1;
  settings.servers = &placeholder;
  settings.nservers = 1;
  settings.lookups = lookups;
  settings.ednspsz = kUdpPayloadSize;
  settings.sock_state_cb = options.socket_state_callback;
  settings.sock_state_cb_data = options.socket_state_argument;
  // DOMAINS and SORTLIST: none, said.
  int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS | ARES_OPT_SERVERS |
             ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_SORTLIST | ARES_OPT_EDNSPSZ | ARES_OPT_NOROTATE;
  if (options.socket_state_callback != nullptr) mask |= ARES_OPT_SOCK_STATE_CB;
  ares_channel channel = nullptr;
  const int result = ares_init_options(&channel, &settings, mask);
  if (result != ARES_SUCCESS) {
    return absl::ResourceExhaustedError(absl::StrCat("no c-ares channel: ", ares_strerror(result)));
  }
  return CaresChannel(channel);
}

}  // namespace strata::recursor
