// Types and rcodes as values of metrics' labels `type` and `rcode`, as CoreDNS has them.
//
// Whoever asks may ask for any of 65536 types: those that are common have a label of their own, all others are
// "other". Labels are numbered from 0 on, so that counters can be kept in an array.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_METRIC_LABEL_H_
#define STRATA_DNS_METRIC_LABEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "dns/rr_type.h"

namespace strata::dns {

// The most frequent ones come first.
inline constexpr std::array<uint16_t, 19> kLabelledTypes = {
    rr_type::kA,    rr_type::kAAAA, rr_type::kHTTPS, rr_type::kPTR,   rr_type::kMX,   rr_type::kNS,   rr_type::kTXT,
    rr_type::kSOA,  rr_type::kSRV,  rr_type::kCNAME, rr_type::kDS,    rr_type::kANY,  rr_type::kSVCB, rr_type::kDNSKEY,
    rr_type::kNSEC, rr_type::kIXFR, rr_type::kAXFR,  rr_type::kRRSIG, rr_type::kNSEC3};

inline constexpr size_t kTypeLabels = kLabelledTypes.size() + 1;  // the last: "other"

constexpr size_t TypeLabelIndex(uint16_t type) {
  size_t index = 0;
  while (index < kLabelledTypes.size() && kLabelledTypes[index] != type) ++index;
  return index;
}

// "A", "other". REQUIRES: index < kTypeLabels.
std::string TypeLabel(size_t index);

// Those of the registry up to BADCOOKIE, and "other".
inline constexpr size_t kRcodeLabels = rcode::kBadCookie + 2;

constexpr size_t RcodeLabelIndex(uint16_t code) { return code <= rcode::kBadCookie ? size_t{code} : kRcodeLabels - 1; }

// "NOERROR", "other". REQUIRES: index < kRcodeLabels.
std::string RcodeLabel(size_t index);

}  // namespace strata::dns

#endif  // STRATA_DNS_METRIC_LABEL_H_
