// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/response_limiter.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace strata::frontend {
namespace {

constexpr absl::Duration kMarkDuration = absl::Seconds(1);
constexpr int64_t kMinTableSize = 1024, kMaxTableSize = int64_t{1} << 26;
constexpr int kMaxSlip = 100;

Rate RateOf(int per_second) { return per_second > 0 ? Rate(per_second) : Rate(); }

std::array<Rate, kResponseClasses> RatesOf(const ResponseLimiterOptions& options) {
  const auto rate = [&](int of_class) { return RateOf(of_class > 0 ? of_class : options.responses_per_second); };
  std::array<Rate, kResponseClasses> rates;
  const auto of = [&](ResponseClass response_class) -> Rate& { return rates[static_cast<size_t>(response_class)]; };
  of(ResponseClass::kAnswer) = rate(options.responses_per_second);
  of(ResponseClass::kNoData) = rate(options.nodata_per_second);
  of(ResponseClass::kNxDomain) = rate(options.nxdomains_per_second);
  of(ResponseClass::kReferral) = rate(options.referrals_per_second);
  of(ResponseClass::kError) = rate(options.errors_per_second);
  return rates;
}

bool IsAnyLimited(const std::array<Rate, kResponseClasses>& rates) {
  return std::any_of(rates.begin(), rates.end(), [](const Rate& rate) { return !rate.unlimited(); });
}

}  // namespace

absl::Status CheckResponseLimiterOptions(const ResponseLimiterOptions& options) {
  const struct {
    absl::string_view name;
    int64_t value, least, most;
  } ranges[] = {
      {"responses_per_second", options.responses_per_second, 0, Rate::kMaxPerSecond},
      {"nodata_per_second", options.nodata_per_second, 0, Rate::kMaxPerSecond},
      {"nxdomains_per_second", options.nxdomains_per_second, 0, Rate::kMaxPerSecond},
      {"referrals_per_second", options.referrals_per_second, 0, Rate::kMaxPerSecond},
      {"errors_per_second", options.errors_per_second, 0, Rate::kMaxPerSecond},
      {"all_per_second", options.all_per_second, 0, Rate::kMaxPerSecond},
      {"slip", options.slip, 0, kMaxSlip},
      {"ipv4_prefix_length", options.prefix.ipv4, 0, 32},
      {"ipv6_prefix_length", options.prefix.ipv6, 0, 128},
      {"table_size", static_cast<int64_t>(options.table_size), kMinTableSize, kMaxTableSize},
  };
  for (const auto& range : ranges) {
    if (range.value >= range.least && range.value <= range.most) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(range.name, ": ", range.value, " is not in ", range.least, " to ", range.most));
  }
  if (options.window < absl::Seconds(1) || options.window > RateTable::kMaxWindow) {
    return absl::InvalidArgumentError(
        absl::StrCat("window: ", absl::FormatDuration(options.window), " is not in 1s to 1m"));
  }
  return absl::OkStatus();
}

ResponseLimiter::ResponseLimiter(const ResponseLimiterOptions& options)
    : options_(options),
      rates_(RatesOf(options_)),
      all_rate_(RateOf(options_.all_per_second)),
      enabled_(IsAnyLimited(rates_) || !all_rate_.unlimited()),
      table_(enabled_ ? options_.table_size : 0, options_.window) {}

LimiterAction ResponseLimiter::Check(const sockaddr* client, const ResponseIdentity& response,
                                     base::MonotonicTime now) {
  if (!enabled_ || options_.exempt.Allows(client)) return LimiterAction::kSend;
  const ClientPrefix prefix = ClientPrefix::Of(client, options_.prefix);
  const auto response_class = static_cast<size_t>(response.response_class);
  const Rate& rate = rates_[response_class];
  const uint64_t all = all_rate_.unlimited() ? 0 : hasher_.Hash(prefix, 0, kAll);
  // A response that the account of all has no credit for is not charged to its own.
  if ((all_rate_.unlimited() || table_.HasCredit(all, all_rate_, now)) &&
      (rate.unlimited() || table_.Use(hasher_.Hash(prefix, response.hash, response_class), rate, now)) &&
      (all_rate_.unlimited() || table_.Use(all, all_rate_, now))) {
    return LimiterAction::kSend;
  }
  table_.Mark(hasher_.Hash(prefix, 0, kLimitedMark), kMarkDuration, now);
  return Slips(prefix) ? LimiterAction::kSlip : LimiterAction::kDrop;
}

bool ResponseLimiter::Slips(const ClientPrefix& prefix) const {
  if (options_.slip <= 1) return options_.slip == 1;
  thread_local uint64_t count = 0;
  return hasher_.Hash(prefix, ++count) % static_cast<uint64_t>(options_.slip) == 0;
}

bool ResponseLimiter::IsLimited(const sockaddr* client, base::MonotonicTime now) const {
  if (!enabled_ || options_.log_only) return false;
  const ClientPrefix prefix = ClientPrefix::Of(client, options_.prefix);
  return table_.IsMarked(hasher_.Hash(prefix, 0, kLimitedMark), now) && !options_.exempt.Allows(client);
}

}  // namespace strata::frontend
