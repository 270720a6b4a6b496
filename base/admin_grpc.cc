// SPDX-License-Identifier: Apache-2.0
#include "base/admin_grpc.h"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/listen_check.h"
#include "base/log.h"

namespace strata::base {
namespace {

constexpr char kDefaultDirectory[] = "/run/strata";

absl::Status Named(const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat("--admin_grpc: ", status.message()));
}

// Empty: there is none.
std::string DefaultDirectory() {
  const char* given = std::getenv("RUNTIME_DIRECTORY");
  // systemd may name several.
  std::string directory = given == nullptr ? kDefaultDirectory : given;
  directory = directory.substr(0, directory.find(':'));
  return access(directory.c_str(), W_OK) == 0 ? directory : "";
}

}  // namespace

absl::StatusOr<AdminGrpcAddress> AdminGrpcAddressFromText(const std::string& text, absl::string_view service) {
  if (text == "none") return AdminGrpcAddress{};
  if (text.empty()) {
    const std::string directory = DefaultDirectory();
    if (directory.empty()) return AdminGrpcAddress{};
    return AdminGrpcAddress{absl::StrCat("unix:", directory, "/", service, ".admin.sock"), /*is_default=*/true};
  }
  const absl::StatusOr<ListenAddress> address = ParseListenAddress(text);
  if (!address.ok()) return Named(address.status());
  if (absl::Status allowed = CheckPlainTextAllowed(*address); !allowed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--admin_grpc=", text, ": operators are served on loopback addresses and unix sockets only"));
  }
  return AdminGrpcAddress{text};
}

absl::StatusOr<std::unique_ptr<GrpcServer>> StartAdminGrpc(const AdminGrpcAddress& address,
                                                           std::vector<grpc::Service*> services) {
  if (address.address.empty()) return nullptr;
  GrpcServerOptions options;
  options.address = address.address;
  options.unix_socket_mode = 0600;
  options.max_receive_bytes = 2 << 20;  // pieces of snapshots
  options.services = std::move(services);
  absl::StatusOr<std::unique_ptr<GrpcServer>> server = GrpcServer::Start(options);
  if (server.ok()) return server;
  if (!address.is_default) return Named(server.status());
  Log(LogLevel::kWarning, "operators are not served: give this process an address of its own by --admin_grpc",
      {{"address", address.address}, {"reason", server.status().message()}});
  return nullptr;
}

}  // namespace strata::base
