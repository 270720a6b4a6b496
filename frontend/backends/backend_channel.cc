// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_channel.h"

#include <sys/un.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/grpc_setup.h"
#include "base/socket_address.h"

namespace strata::frontend {
namespace {

constexpr int kMaxBatchBytes = 1 << 20;

absl::Status Unencrypted(absl::string_view target, absl::string_view flag) {
  return absl::InvalidArgumentError(absl::StrCat(
      "--", flag, "=", target,
      ": plain-text gRPC would leave this machine; set up TLS by --tls_certificate, --tls_key and --tls_ca, "
      "use a loopback address or a unix socket, or allow it with --insecure"));
}

// Whether a host name follows `dns:`; names are resolved by gRPC.
absl::StatusOr<std::string> CheckDnsTarget(absl::string_view target, absl::string_view name, uint16_t default_port,
                                           bool may_leave, absl::string_view flag) {
  if (name.empty()) return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", target, ": no host name"));
  const bool local = name == "localhost" || absl::StartsWith(name, "localhost:");
  if (!local && !may_leave) return Unencrypted(target, flag);
  const bool has_port = absl::StrContains(name, ":");
  return has_port ? std::string(target) : absl::StrCat(target, ":", default_port);
}

}  // namespace

std::shared_ptr<grpc::Channel> MakeBackendChannel(const BackendTarget& target, int worker) {
  base::SetUpGrpc();
  grpc::ChannelArguments arguments;
  for (const base::GrpcSetting& setting : base::kStreamSettings) arguments.SetInt(setting.name, setting.value);
  // Channels of different arguments share no connection.
  arguments.SetInt("strata.worker", worker);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  // However long a target was away, it is back when it is there: an attempt costs a few packets.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 250);
  // How long an attempt may take, by its name the pause between two: enough for two round trips across an ocean, and
  // no longer than the target should stay away once packets to it arrive again.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 500);
  // A peer that vanished without a word (its machine died) is noticed even on a stream that only listens.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 10000);
  // This is also the TCP connection's user timeout (RFC 5482). After packets were lost for a while, the kernel waits
  // ever longer before it tries again; a new connection is sooner there.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 1000);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetMaxReceiveMessageSize(kMaxBatchBytes);
  // A proxy of the environment is for the web.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  if (target.security.credentials == nullptr || absl::StartsWith(target.address, "unix:")) {
    return grpc::CreateCustomChannel(target.address, grpc::InsecureChannelCredentials(), arguments);
  }
  if (!target.security.server_name.empty()) arguments.SetSslTargetNameOverride(target.security.server_name);
  return grpc::CreateCustomChannel(target.address, target.security.credentials, arguments);
}

absl::StatusOr<std::string> CheckTarget(absl::string_view target, uint16_t default_port, bool may_leave,
                                        absl::string_view flag) {
  if (absl::StartsWith(target, "unix:")) {
    if (target.size() == 5) return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", target, ": no path"));
    // gRPC would take it and never connect.
    if (target.size() - 5 >= sizeof(sockaddr_un::sun_path)) {
      return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", target, ": the path of a socket has at most ",
                                                     sizeof(sockaddr_un::sun_path) - 1, " octets"));
    }
    return std::string(target);
  }
  absl::string_view name = target;
  if (absl::ConsumePrefix(&name, "dns:///") || absl::ConsumePrefix(&name, "dns:")) {
    return CheckDnsTarget(target, name, default_port, may_leave, flag);
  }
  base::SocketAddressDefaults defaults;
  defaults.port = default_port;
  const absl::StatusOr<base::SocketAddress> address = base::SocketAddress::FromText(target, defaults);
  if (!address.ok()) {
    const bool is_name = absl::ascii_isalpha(static_cast<unsigned char>(target.empty() ? '1' : target[0]));
    if (is_name) return CheckDnsTarget(target, target, default_port, may_leave, flag);
    return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", target,
                                                   ": not a gRPC address such as 127.0.0.1:", default_port,
                                                   ", unix:/run/strata/authority.sock or dns:///host:", default_port));
  }
  if (!address->IsLoopback() && !may_leave) return Unencrypted(target, flag);
  return address->ToText();
}

}  // namespace strata::frontend
