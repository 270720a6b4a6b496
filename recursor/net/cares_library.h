// c-ares, the library: whether it is the one we know, and a channel of it as we need it.
//
// Its API would let us be without what is done here; its behaviour does not. We send messages of our own making and
// want the replies as they came. 1.18 does that; from 1.22 on the library puts in IDs of its own, from 1.28 on it
// takes queries and replies apart and puts them together again. What we rely on is in cares_contract_test.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_CARES_LIBRARY_H_
#define STRATA_RECURSOR_NET_CARES_LIBRARY_H_

#include <ares.h>

#include <memory>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace strata::recursor {

// Whether `version`, as ares_version() gives it, is 1.18.x. FailedPrecondition says what to do.
absl::Status CheckCaresVersion(int version);

// CheckCaresVersion() of the library that is loaded, then its initialisation, once however often this is called. First
// thing in a process that resolves: before gRPC, which has channels of its own, as the library counts its users without
// atomics; and never with an allocator of ours (ares_library_init_mem), which gRPC's channels would get, too.
absl::Status InitCares();

struct CaresChannelDeleter {
  void operator()(ares_channel channel) const { ares_destroy(channel); }
};
// Destroying it calls back the queries that are outstanding (ARES_EDESTRUCTION); so never from within a callback.
using CaresChannel = std::unique_ptr<std::remove_pointer_t<ares_channel>, CaresChannelDeleter>;

struct CaresChannelOptions {
  int flags = 0;  // ARES_FLAG_...
  int tries = 1;
  ares_sock_state_cb socket_state_callback = nullptr;  // nullptr: none
  void* socket_state_argument = nullptr;
};

// The address of a channel's one server until ares_set_servers_ports(): for documentation (RFC 5737), never contacted.
inline constexpr const char* kPlaceholderServer = "192.0.2.1";

// A channel that takes nothing from the machine: every option is given, so that neither /etc/resolv.conf is read nor
// RES_OPTIONS and LOCALDOMAIN count. Its own timeout is a minute, out of the way: timers are ours (timer_wheel.h).
// ResourceExhausted: no memory.
absl::StatusOr<CaresChannel> MakeCaresChannel(const CaresChannelOptions& options);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_CARES_LIBRARY_H_
