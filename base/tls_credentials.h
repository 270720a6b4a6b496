// What gRPC encrypts with, and who is let in: mutual TLS, where both ends show a certificate.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TLS_CREDENTIALS_H_
#define STRATA_BASE_TLS_CREDENTIALS_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "base/tls_certificates.h"

namespace strata::base {

// For a server. A client needs a certificate that chains to the CA, or there is no connection; and one that has one of
// the `allowed` names (exactly; `any`: no matter which), or its calls get PERMISSION_DENIED, which is logged, so many
// times a second. A certificate's names are its DNS names, or its common name if it has none. REQUIRES: `certificates`
// outlives the server.
std::shared_ptr<grpc::ServerCredentials> MakeTlsServerCredentials(const TlsCertificates& certificates,
                                                                  const std::vector<std::string>& allowed);

// For channels. The server needs a certificate that chains to the CA and has the host of the target among its DNS names
// or IP addresses, or what the channel argument GRPC_SSL_TARGET_NAME_OVERRIDE_ARG says in its place. REQUIRES:
// `certificates` outlives the channels.
std::shared_ptr<grpc::ChannelCredentials> MakeTlsChannelCredentials(const TlsCertificates& certificates);

}  // namespace strata::base

#endif  // STRATA_BASE_TLS_CREDENTIALS_H_
