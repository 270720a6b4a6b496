// What has to be settled before gRPC is used first.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_GRPC_SETUP_H_
#define STRATA_BASE_GRPC_SETUP_H_

#include <array>

namespace strata::base {

// Has each completion queue wait for its own connections only, by its own threads (gRPC's "poll" engine). In the
// default one all threads of a process that wait for anything take turns in waiting for everything, and wake each other
// for what is not theirs: with two queues, every message costs a switch of threads.
//
// And spares gRPC's mutexes Abseil's search for deadlocks, which Debian's build of Abseil does at each lock.
//
// To be called by whoever uses gRPC, before; later calls do nothing.
void SetUpGrpc();

// A channel argument of gRPC.
struct GrpcSetting {
  const char* name;
  int value;
};

// What channels and servers of our streams are made with.
//
// A call of ours lasts as long as its connection and is opened again by us, so that gRPC's parts for retries, deadlines
// and compression would do nothing, at every message. What a stream may have under way is bounded by us, so windows
// are of a fixed size: a batch or four.
extern const std::array<GrpcSetting, 6> kStreamSettings;

}  // namespace strata::base

#endif  // STRATA_BASE_GRPC_SETUP_H_
