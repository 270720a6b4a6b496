// SPDX-License-Identifier: Apache-2.0
#include "cache/configuration.h"

#include <cstdint>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "base/serving_options.h"
#include "base/status_macros.h"

namespace strata::cache {
namespace {

constexpr uint16_t kDefaultPort = 5301;
constexpr uint64_t kMinMemory = 1 << 20;
// RFC 2181 §8.
constexpr uint32_t kMaxTtl = 0x7fffffff;

struct Unit {
  absl::string_view suffix;
  int shift;
};
constexpr Unit kUnits[] = {{"KiB", 10}, {"MiB", 20}, {"GiB", 30}};

// 0 leaves `*ttl` at its default.
absl::Status SetTtl(absl::string_view flag, uint32_t seconds, absl::Duration* ttl) {
  if (seconds > kMaxTtl) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", flag, "=", seconds, ": at most ", kMaxTtl, ", the largest TTL there is"));
  }
  if (seconds != 0) *ttl = absl::Seconds(seconds);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<size_t> MemoryFromText(absl::string_view flag, const std::string& text) {
  absl::string_view digits = text;
  int shift = 0;
  for (const Unit& unit : kUnits) {
    if (absl::ConsumeSuffix(&digits, unit.suffix)) {
      shift = unit.shift;
      break;
    }
  }
  uint64_t count = 0;
  // SimpleAtoi would take a sign and spaces.
  const bool is_number = !digits.empty() && digits.find_first_not_of("0123456789") == absl::string_view::npos;
  if (!is_number) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--", flag, "=", text, ": expected a number of octets, or one with a unit (KiB, MiB, GiB), such as 256MiB"));
  }
  if (!absl::SimpleAtoi(digits, &count) || count > std::numeric_limits<size_t>::max() >> shift) {
    return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", text, ": more than this machine can address"));
  }
  const uint64_t bytes = count << shift;
  if (bytes < kMinMemory) return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", text, ": at least 1MiB"));
  return bytes;
}

absl::StatusOr<Configuration> MakeConfiguration(const v1::CacheConfig& config) {
  Configuration out;
  STRATA_ASSIGN_OR_RETURN(out.listen, base::ListenAddressFromText(config.listen(), kDefaultPort));
  out.insecure = config.insecure();
  STRATA_ASSIGN_OR_RETURN(out.tls, base::TlsServerOptionsOf(config, out.listen));
  STRATA_ASSIGN_OR_RETURN(out.workers, base::WorkerCount(config.workers()));
  STRATA_ASSIGN_OR_RETURN(out.admin_listen, base::AdminAddressFromText(config.admin_listen(), base::kCacheAdminPort));
  if (!config.memory().empty()) {
    STRATA_ASSIGN_OR_RETURN(out.cache.memory_bytes, MemoryFromText("memory", config.memory()));
  }
  STRATA_RETURN_IF_ERROR(SetTtl("max_ttl", config.max_ttl(), &out.cache.max_ttl));
  STRATA_RETURN_IF_ERROR(SetTtl("max_negative_ttl", config.max_negative_ttl(), &out.cache.max_negative_ttl));
  return out;
}

}  // namespace strata::cache
