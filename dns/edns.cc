// SPDX-License-Identifier: Apache-2.0
#include "dns/edns.h"

#include "dns/big_endian.h"
#include "dns/header.h"
#include "dns/rr_type.h"

namespace strata::dns {
namespace {

constexpr uint16_t kDnssecOk = 0x8000;

constexpr size_t kMaxLength = 65535;  // what a length field can say

}  // namespace

bool EdnsOptionCursor::Next() {
  if (rest_.empty()) return false;
  if (rest_.size() < 4 || rest_.size() - 4 < GetU16(rest_, 2)) {
    well_formed_ = false;
    return false;
  }
  code_ = GetU16(rest_, 0);
  value_ = rest_.substr(4, GetU16(rest_, 2));
  rest_.remove_prefix(4 + value_.size());
  return true;
}

void AppendEdnsOption(uint16_t code, absl::string_view value, std::string* options) {
  value = value.substr(0, kMaxLength);
  AppendU16(code, options);
  AppendU16(static_cast<uint16_t>(value.size()), options);
  options->append(value.data(), value.size());
}

std::array<char, kZoneVersionSize> ZoneVersionValue(const ZoneVersion& version) {
  constexpr char kSoaSerial = 0;
  const uint32_t serial = version.serial;
  return {static_cast<char>(version.label_count), kSoaSerial,
          static_cast<char>(serial >> 24),        static_cast<char>(serial >> 16),
          static_cast<char>(serial >> 8),         static_cast<char>(serial)};
}

void AppendExtendedError(const ExtendedError& error, std::string* options) {
  const absl::string_view text = absl::string_view(error.extra_text).substr(0, kMaxLength - 2);
  AppendU16(edns_option::kExtendedError, options);
  AppendU16(static_cast<uint16_t>(2 + text.size()), options);
  AppendU16(error.info_code, options);
  options->append(text.data(), text.size());
}

void AppendOptRecord(const Edns& edns, std::string* message) {
  message->push_back('\0');
  AppendU16(rr_type::kOPT, message);
  AppendU16(edns.udp_payload_size, message);
  message->push_back(static_cast<char>(edns.extended_rcode));
  message->push_back(static_cast<char>(edns.version));
  AppendU16(edns.dnssec_ok ? kDnssecOk : 0, message);
  const bool fits = edns.options.size() <= kMaxLength;
  AppendU16(fits ? static_cast<uint16_t>(edns.options.size()) : 0, message);
  if (fits) message->append(edns.options.data(), edns.options.size());
}

}  // namespace strata::dns
