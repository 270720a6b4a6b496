// TSIG records as a server without keys meets them (RFC 8945).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TSIG_H_
#define STRATA_DNS_TSIG_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "dns/wire_reader.h"

namespace strata::dns {

// IANA "TSIG Error" codes beyond the rcodes (RFC 8945 §3).
namespace tsig_error {
inline constexpr uint16_t kBadKey = 17;
}  // namespace tsig_error

// Views the message that it was read from. Names in wire form, uncompressed.
struct Tsig {
  // The record's owner; empty when it came compressed.
  absl::string_view key;
  absl::string_view algorithm;
  absl::string_view time_signed;  // 48 bits
  uint16_t fudge = 0;
  uint16_t original_id = 0;
};

// Reads `size` octets of RDATA (RFC 8945 §4.2) and fills all but the key; what is malformed fails the reader.
void ReadTsigRdata(size_t size, WireReader* reader, Tsig* tsig);

// Of the record that WriteUnsignedTsig() writes.
size_t UnsignedTsigSize(const Tsig& tsig);
// The record that goes, last, with an error about `tsig`: its own fields, no MAC (RFC 8945 §5.3.2). Writes
// UnsignedTsigSize() octets to `out`.
void WriteUnsignedTsig(const Tsig& tsig, uint16_t error, char* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_TSIG_H_
