// gRPC's own messages as lines of our log.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_GRPC_LOG_H_
#define STRATA_BASE_GRPC_LOG_H_

namespace strata::base {

// From now on what gRPC's core reports goes to Log(), at most a few lines a second: peers can cause them.
// GRPC_VERBOSITY still sets what gRPC reports (errors, unless set). Idempotent; thread-safe. GrpcServer::Start
// calls it; a process that is only a client calls it in main().
void SendGrpcLogToLog();

}  // namespace strata::base

#endif  // STRATA_BASE_GRPC_LOG_H_
