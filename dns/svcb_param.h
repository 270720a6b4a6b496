// One service parameter of SVCB and HTTPS: its key's name, its value's format (RFC 9460 §7, 9461 §5, 9540 §4).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_SVCB_PARAM_H_
#define STRATA_DNS_SVCB_PARAM_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::dns {

// SvcParamKeys (IANA "DNS Service Parameter Keys").
namespace svcb_key {
inline constexpr uint16_t kMandatory = 0, kAlpn = 1, kNoDefaultAlpn = 2, kPort = 3, kIpv4Hint = 4, kEch = 5,
                          kIpv6Hint = 6, kDohPath = 7, kOhttp = 8;
}  // namespace svcb_key

// "alpn", or "key667".
std::string SvcParamKeyToText(uint16_t key);
// Names are in lower case; numbers have no leading zeros (RFC 9460 §2.1).
std::optional<uint16_t> SvcParamKeyFromText(absl::string_view text);

// Whether `value` has the format of `key`. Keys that are not known here take any.
bool IsValidSvcParamValue(uint16_t key, absl::string_view value);

// Appends a valid value that is not empty, in quotes where it may need them.
void AppendSvcParamValueText(uint16_t key, absl::string_view value, std::string* out);

// Appends the wire form of a value to `*value`. `text` is without its quotes and still escaped. `raw`: it is the octets
// themselves, whatever the key's own text form.
absl::Status ParseSvcParamValue(uint16_t key, bool raw, absl::string_view text, std::string* value);

}  // namespace strata::dns

#endif  // STRATA_DNS_SVCB_PARAM_H_
