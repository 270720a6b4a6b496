// See load_report.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/load_report.h"

#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace strata::bench {
namespace {

constexpr std::array<const char*, 11> kMnemonics = {"NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
                                                    "YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE"};

std::string RcodesToJson(const std::array<uint64_t, 16>& rcodes) {
  std::vector<std::string> members;
  for (size_t rcode = 0; rcode < rcodes.size(); ++rcode) {
    if (rcodes[rcode] == 0) continue;
    const std::string name = rcode < kMnemonics.size() ? kMnemonics[rcode] : absl::StrCat("RCODE", rcode);
    members.push_back(absl::StrFormat("\"%s\": %d", name, rcodes[rcode]));
  }
  return absl::StrCat("{", absl::StrJoin(members, ", "), "}");
}

double Microseconds(uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e3; }

double Ratio(double value, double per) { return per > 0 ? value / per : 0; }

}  // namespace

std::string LoadReport::ToJson() const {
  const double average_bytes = Ratio(static_cast<double>(answer_bytes), static_cast<double>(answered));
  return absl::StrFormat(
      "{\"sent\": %d, \"answered\": %d, \"lost\": %d, \"unexpected\": %d, \"truncated\": %d, \"seconds\": %.6f, "
      "\"qps\": %.1f, \"rcodes\": %s, \"average_bytes\": %.1f, "
      "\"latency_us\": {\"p50\": %.1f, \"p99\": %.1f, \"p999\": %.1f}}",
      sent, answered, lost, unexpected, truncated, seconds, Ratio(static_cast<double>(answered), seconds),
      RcodesToJson(rcodes), average_bytes, Microseconds(latency.Percentile(0.5)),
      Microseconds(latency.Percentile(0.99)), Microseconds(latency.Percentile(0.999)));
}

}  // namespace strata::bench
