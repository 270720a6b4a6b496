// SPDX-License-Identifier: Apache-2.0
#include "frontend/client_policy.h"

#include <unistd.h>

#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "base/version.h"
#include "frontend/policy/access_list.h"
#include "frontend/policy/response_limiter.h"
#include "frontend/query/server_identity.h"

namespace strata::frontend {
namespace {

using Networks = google::protobuf::RepeatedPtrField<std::string>;

constexpr absl::string_view kNone = "none";

// Leaves `*list` as it is when there are none.
absl::Status SetNetworks(absl::string_view key, const Networks& networks, AccessList* list) {
  if (networks.empty()) return absl::OkStatus();
  *list = AccessList();
  for (const std::string& network : networks) {
    const absl::Status added = list->Add(network);
    if (!added.ok()) return absl::InvalidArgumentError(absl::StrCat(key, ": ", added.message()));
  }
  return absl::OkStatus();
}

std::string HostName() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? std::string(name) : std::string();
}

absl::StatusOr<std::string> Text(absl::string_view key, const std::string& value, absl::string_view otherwise) {
  if (value == kNone) return std::string();
  if (value.size() > ServerIdentity::kMaxTextSize) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", key, ": at most ", ServerIdentity::kMaxTextSize, " octets, and this has ", value.size()));
  }
  return value.empty() ? std::string(otherwise.substr(0, ServerIdentity::kMaxTextSize)) : value;
}

absl::StatusOr<std::string> Nsid(const std::string& value, absl::string_view identity) {
  if (!absl::StartsWith(value, "0x")) return Text("nsid", value, identity);
  const absl::string_view digits = absl::StripPrefix(absl::string_view(value), "0x");
  const bool all_hex = digits.find_first_not_of("0123456789abcdefABCDEF") == absl::string_view::npos;
  if (digits.empty() || digits.size() % 2 != 0 || !all_hex || digits.size() / 2 > kMaxNsidSize) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--nsid=", value, ": after 0x an even number of hexadecimal digits, ", "for 1 to ", kMaxNsidSize, " octets"));
  }
  return absl::HexStringToBytes(digits);
}

absl::Status SetIdentity(const v1::FrontendConfig& config, QueryIntake::Options* intake) {
  ServerIdentity::Options options;
  STRATA_ASSIGN_OR_RETURN(options.id, Text("identity", config.identity(), HostName()));
  STRATA_ASSIGN_OR_RETURN(options.version,
                          Text("server_version", config.server_version(), absl::StrCat("Strata ", base::kVersion)));
  STRATA_ASSIGN_OR_RETURN(options.nsid, Nsid(config.nsid(), options.id));
  intake->identity = std::make_shared<const ServerIdentity>(options);
  return absl::OkStatus();
}

absl::Status SetCookies(const v1::FrontendConfig& config, FrontendOptions* server) {
  if (config.has_cookies() && !config.cookies()) {
    if (config.cookie_secret_file().empty()) return absl::OkStatus();
    return absl::InvalidArgumentError("--cookie_secret_file: of no use with --cookies=false; drop one of them");
  }
  auto secrets = std::make_shared<PublishedCookieSecrets>();
  if (!config.cookie_secret_file().empty()) {
    absl::StatusOr<std::unique_ptr<CookieSecretFile>> file =
        CookieSecretFile::Open(config.cookie_secret_file(), secrets.get());
    if (!file.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--cookie_secret_file: ", file.status().message()));
    }
    server->cookie_secret_file = *std::move(file);
  }
  server->worker.handler.intake.cookie_secrets = std::move(secrets);
  return absl::OkStatus();
}

// What has no upper bound of its own is refused by CheckResponseLimiterOptions(): here it is only made to fit.
int ToInt(uint32_t number) { return static_cast<int>(std::min<uint32_t>(number, std::numeric_limits<int>::max())); }

absl::StatusOr<ResponseLimiterOptions> LimiterOptions(const v1::ResponseRateLimit& config) {
  ResponseLimiterOptions options;
  options.responses_per_second = ToInt(config.responses_per_second());
  options.nodata_per_second = ToInt(config.nodata_per_second());
  options.nxdomains_per_second = ToInt(config.nxdomains_per_second());
  options.referrals_per_second = ToInt(config.referrals_per_second());
  options.errors_per_second = ToInt(config.errors_per_second());
  options.all_per_second = ToInt(config.all_per_second());
  if (config.has_window()) {
    options.window = absl::Seconds(config.window().seconds()) + absl::Nanoseconds(config.window().nanos());
  }
  if (config.has_slip()) options.slip = ToInt(config.slip());
  if (config.has_ipv4_prefix_length()) options.prefix.ipv4 = ToInt(config.ipv4_prefix_length());
  if (config.has_ipv6_prefix_length()) options.prefix.ipv6 = ToInt(config.ipv6_prefix_length());
  if (config.table_size() != 0) options.table_size = config.table_size();
  options.log_only = config.log_only();
  STRATA_RETURN_IF_ERROR(SetNetworks("response_rate_limit.exempt", config.exempt(), &options.exempt));
  const absl::Status good = CheckResponseLimiterOptions(options);
  if (!good.ok()) return absl::InvalidArgumentError(absl::StrCat("response_rate_limit.", good.message()));
  return options;
}

absl::Status SetLimits(const v1::FrontendConfig& config, QueryHandler::Options* handler) {
  if (config.max_pending_per_client() != 0) handler->max_pending_per_client = config.max_pending_per_client();
  if (!config.has_response_rate_limit()) return absl::OkStatus();
  STRATA_ASSIGN_OR_RETURN(ResponseLimiterOptions options, LimiterOptions(config.response_rate_limit()));
  auto limiter = std::make_shared<ResponseLimiter>(std::move(options));
  if (!limiter->enabled()) {
    return absl::InvalidArgumentError(
        "response_rate_limit: limits nothing; give responses_per_second or all_per_second a rate");
  }
  handler->sender.limiter = limiter;
  handler->intake.limiter = std::move(limiter);
  return absl::OkStatus();
}

}  // namespace

absl::Status SetClientPolicy(const v1::FrontendConfig& config, FrontendOptions* server) {
  QueryHandler::Options& handler = server->worker.handler;
  STRATA_RETURN_IF_ERROR(SetNetworks("--allow_query", config.allow_query(), &handler.intake.query_clients));
  STRATA_RETURN_IF_ERROR(SetNetworks("--allow_recursion", config.allow_recursion(), &handler.intake.recursion_clients));
  STRATA_RETURN_IF_ERROR(SetIdentity(config, &handler.intake));
  STRATA_RETURN_IF_ERROR(SetCookies(config, server));
  return SetLimits(config, &handler);
}

}  // namespace strata::frontend
