// A resource record as a value.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RECORD_H_
#define STRATA_DNS_RECORD_H_

#include <cstdint>
#include <string>

#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::dns {

// RFC 1035 §3.2.1. `rdata` is in uncompressed wire form.
struct Record {
  Name owner;
  uint16_t type = 0;
  uint16_t rr_class = rr_class::kIN;
  // Seconds, at most 2^31-1 (RFC 2181 §8).
  uint32_t ttl = 0;
  std::string rdata;
};

// One line of master-file text without its newline: owner, TTL, class, type and RDATA, single tabs between.
std::string RecordToText(const Record& record);

}  // namespace strata::dns

#endif  // STRATA_DNS_RECORD_H_
