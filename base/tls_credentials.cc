// SPDX-License-Identifier: Apache-2.0
#include "base/tls_credentials.h"

#include <grpcpp/security/auth_metadata_processor.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "base/log.h"
#include "base/log_limiter.h"
#include "base/tls_options.h"
#include "base/utf8.h"

namespace strata::base {
namespace {

std::vector<std::string> PeerNames(const grpc::AuthContext& context) {
  std::vector<std::string> names;
  for (const char* property : {GRPC_PEER_DNS_PROPERTY_NAME, GRPC_X509_CN_PROPERTY_NAME}) {
    for (const grpc::string_ref& name : context.FindPropertyValues(property)) {
      names.emplace_back(name.data(), name.size());
    }
    if (!names.empty()) break;
  }
  return names;
}

// Asked at the start of each call; ours last for as long as their connections.
class AllowedNames : public grpc::AuthMetadataProcessor {
 public:
  explicit AllowedNames(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

  bool IsBlocking() const override { return false; }

  grpc::Status Process(const InputMetadata&, grpc::AuthContext* context, OutputMetadata*, OutputMetadata*) override {
    const std::vector<std::string> names = PeerNames(*context);
    const bool allowed = std::any_of(names.begin(), names.end(), [this](const std::string& name) {
      return std::find(allowed_.begin(), allowed_.end(), name) != allowed_.end();
    });
    if (allowed) return grpc::Status::OK;
    const std::string shown = EscapedText(absl::StrJoin(names, ","));
    log_.Log(std::chrono::steady_clock::now(), LogLevel::kWarning,
             "client refused, its certificate's name is not allowed",
             {{"certificate", shown}, {"tls_allowed_clients", absl::StrJoin(allowed_, ",")}});
    return {grpc::StatusCode::PERMISSION_DENIED,
            absl::StrCat("the client's certificate \"", shown, "\" has none of the names in --tls_allowed_clients")};
  }

 private:
  const std::vector<std::string> allowed_;
  LogLimiter log_{/*max_lines=*/3, absl::Seconds(10)};
};

std::string Text(const std::vector<grpc::string_ref>& names) {
  return EscapedText(absl::StrJoin(
      names, ",", [](std::string* out, const grpc::string_ref& name) { out->append(name.data(), name.size()); }));
}

// gRPC's check of the server's name, which by itself tells nobody but calls that do not wait.
class ServerName : public grpc::experimental::ExternalCertificateVerifier {
 public:
  bool Verify(grpc::experimental::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> callback, grpc::Status* sync_status) override {
    const bool done = names_.Verify(request, std::move(callback), sync_status);
    if (!done || sync_status->ok()) return done;
    const grpc::string_ref target = request->target_name();
    log_.Log(std::chrono::steady_clock::now(), LogLevel::kError, "server refused, its certificate has another name",
             {{"expected", absl::string_view(target.data(), target.size())},
              {"dns_names", Text(request->dns_names())},
              {"ip_names", Text(request->ip_names())}});
    return done;
  }

  void Cancel(grpc::experimental::TlsCustomVerificationCheckRequest* request) override { names_.Cancel(request); }

 private:
  grpc::experimental::HostNameCertificateVerifier names_;
  LogLimiter log_{/*max_lines=*/3, absl::Seconds(10)};
};

void Watch(const TlsCertificates& certificates, grpc::experimental::TlsCredentialsOptions* options) {
  options->set_certificate_provider(certificates.provider());
  options->watch_root_certs();
  options->watch_identity_key_cert_pairs();
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> MakeTlsServerCredentials(const TlsCertificates& certificates,
                                                                  const std::vector<std::string>& allowed) {
  grpc::experimental::TlsServerCredentialsOptions options(certificates.provider());
  Watch(certificates, &options);
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::experimental::TlsServerCredentials(options);
  if (std::find(allowed.begin(), allowed.end(), kAnyTlsClient) == allowed.end()) {
    credentials->SetAuthMetadataProcessor(std::make_shared<AllowedNames>(allowed));
  }
  return credentials;
}

std::shared_ptr<grpc::ChannelCredentials> MakeTlsChannelCredentials(const TlsCertificates& certificates) {
  grpc::experimental::TlsChannelCredentialsOptions options;
  Watch(certificates, &options);
  options.set_certificate_verifier(grpc::experimental::ExternalCertificateVerifier::Create<ServerName>());
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace strata::base
