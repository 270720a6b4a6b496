// Where a backend is, and how it is spoken to.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_TARGET_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_TARGET_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <utility>

namespace strata::frontend {

// The same for all backends of a process.
struct BackendSecurity {
  // Null: plain text. For targets that are no unix sockets.
  std::shared_ptr<grpc::ChannelCredentials> credentials = nullptr;
  // What certificates must say in place of the target's host, if not empty.
  std::string server_name = "";
};

struct BackendTarget {
  // In plain text, without more words.
  BackendTarget(std::string target) : address(std::move(target)) {}  // NOLINT(google-explicit-constructor)
  BackendTarget(const char* target) : address(target) {}             // NOLINT(google-explicit-constructor)
  BackendTarget(std::string target, BackendSecurity how) : address(std::move(target)), security(std::move(how)) {}

  std::string address;  // one that CheckTarget() returned
  BackendSecurity security;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_TARGET_H_
