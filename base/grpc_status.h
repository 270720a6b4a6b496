// absl::Status and grpc::Status into each other, without loss.
//
// Codes are the same numbers (but one that is none of gRPC's becomes UNKNOWN) and messages the same bytes. The payloads
// of an absl::Status travel as gRPC's error details, in the form that gRPC's richer error model lays down: a serialized
// google.rpc.Status, whose `details` are google.protobuf.Any with the payloads' type URLs. Details that are not in this
// form, or that hold two of one type, are kept as one payload of type kOpaqueDetails. Pure functions.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_GRPC_STATUS_H_
#define STRATA_BASE_GRPC_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/support/status.h"

namespace strata::base {

inline constexpr absl::string_view kOpaqueDetails = "strata/grpc-status-details-bin";

grpc::Status ToGrpcStatus(const absl::Status& status);

// An OK status has neither message nor details.
absl::Status ToAbslStatus(const grpc::Status& status);

}  // namespace strata::base

#endif  // STRATA_BASE_GRPC_STATUS_H_
