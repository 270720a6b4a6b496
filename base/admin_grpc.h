// The gRPC address of a service for operators (--admin_grpc): what stratactl talks to. Never the data address.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_ADMIN_GRPC_H_
#define STRATA_BASE_ADMIN_GRPC_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/grpc_server.h"

namespace strata::base {

// Where to serve.
struct AdminGrpcAddress {
  std::string address;      // empty: nowhere
  bool is_default = false;  // nobody asked for it
};

// Of the value of `admin_grpc`: a gRPC address; "none"; or empty, which means a socket named after the service, such as
// `authority.admin.sock`, in $RUNTIME_DIRECTORY or /run/strata, whichever is there and may be written to. The error
// names --admin_grpc.
absl::StatusOr<AdminGrpcAddress> AdminGrpcAddressFromText(const std::string& text, absl::string_view service);

// Serves `services`, which outlive the server, in plain text: on a unix socket that only this user may open (mode
// 0600), or on a loopback address. nullptr: nowhere. A default address that cannot be had is logged, and done without;
// for another the error names --admin_grpc. REQUIRES: no other thread makes files meanwhile.
absl::StatusOr<std::unique_ptr<GrpcServer>> StartAdminGrpc(const AdminGrpcAddress& address,
                                                           std::vector<grpc::Service*> services);

}  // namespace strata::base

#endif  // STRATA_BASE_ADMIN_GRPC_H_
