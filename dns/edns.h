// EDNS(0): the OPT record and its options (RFC 6891), extended errors (RFC 8914).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_EDNS_H_
#define STRATA_DNS_EDNS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// IANA "DNS EDNS0 Option Codes".
namespace edns_option {
inline constexpr uint16_t kNsid = 3, kClientSubnet = 8, kCookie = 10, kTcpKeepalive = 11, kPadding = 12,
                          kExtendedError = 15, kZoneVersion = 19;
}  // namespace edns_option

// IANA "Extended DNS Error Codes" (RFC 8914 §4).
namespace extended_error {
inline constexpr uint16_t kOther = 0, kStaleAnswer = 3, kNotReady = 14, kProhibited = 18, kNotAuthoritative = 20,
                          kNotSupported = 21, kNoReachableAuthority = 22, kNetworkError = 23, kInvalidData = 24,
                          kUnsupportedNsec3Iterations = 27, kInvalidQueryType = 30;
}  // namespace extended_error

// An extended error: a number of the registry and words for a person.
struct ExtendedError {
  uint16_t info_code = extended_error::kOther;
  std::string extra_text;
};

// The OPT record of a message, parsed; `options` views the message.
struct Edns {
  uint8_t version = 0;
  uint8_t extended_rcode = 0;  // the upper eight bits of the rcode
  uint16_t udp_payload_size = 512;
  bool dnssec_ok = false;
  absl::string_view options;
};

// Fixed part of an OPT record, root owner included.
inline constexpr size_t kOptFixedSize = 11;

// Steps through options: for (EdnsOptionCursor option(edns.options); option.Next();) ...
class EdnsOptionCursor {
 public:
  explicit EdnsOptionCursor(absl::string_view options) : rest_(options) {}
  // False at the end, and at an option that does not fit (then well_formed() is false).
  bool Next();
  uint16_t code() const { return code_; }
  absl::string_view value() const { return value_; }
  bool well_formed() const { return well_formed_; }

 private:
  absl::string_view rest_;
  absl::string_view value_;
  uint16_t code_ = 0;
  bool well_formed_ = true;
};

// Appends an option in wire form; what its length field cannot say (more than 65535 octets in all) is cut off.
void AppendEdnsOption(uint16_t code, absl::string_view value, std::string* options);
// Appends an extended error option (RFC 8914 §2), its text cut off likewise. How much of it the message has room for is
// the caller's to judge.
void AppendExtendedError(const ExtendedError& error, std::string* options);
// Which version of a zone an answer was made from.
struct ZoneVersion {
  uint8_t label_count = 0;  // of the zone's name, the root not counted
  uint32_t serial = 0;      // of its SOA record
};
// The value of a ZONEVERSION option of type SOA-SERIAL (RFC 9660 §2).
inline constexpr size_t kZoneVersionSize = 6;
std::array<char, kZoneVersionSize> ZoneVersionValue(const ZoneVersion& version);

// Appends a whole OPT record, without options when they exceed the 65535 octets that it can hold. The message's ARCOUNT
// is the caller's to raise.
void AppendOptRecord(const Edns& edns, std::string* message);

}  // namespace strata::dns

#endif  // STRATA_DNS_EDNS_H_
