// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/upstream_query.h"

#include "dns/big_endian.h"
#include "dns/edns.h"
#include "dns/header.h"

namespace strata::recursor {
namespace {

// Length octets are below 'A', so the whole name is gone through octet by octet.
void MixCase(char* octets, size_t size, RandomBits* random) {
  uint16_t bits = 0;
  int left = 0;
  for (size_t i = 0; i < size; ++i) {
    const char lower = static_cast<char>(octets[i] | 0x20);
    if (lower < 'a' || lower > 'z') continue;
    if (left == 0) {
      bits = random->U16();
      left = 16;
    }
    octets[i] = static_cast<char>(lower ^ (bits << 5 & 0x20));
    bits = static_cast<uint16_t>(bits >> 1);
    --left;
  }
}

}  // namespace

void WriteUpstreamQuery(const UpstreamQuery& query, RandomBits* random, std::string* message) {
  message->clear();
  dns::AppendU16(0, message);
  dns::AppendU16(static_cast<uint16_t>(dns::kRd | (query.checking_disabled ? dns::kCd : 0)), message);
  dns::AppendU16(1, message);
  dns::AppendU32(0, message);
  dns::AppendU16(query.edns ? 1 : 0, message);
  message->append(query.name.data(), query.name.size());
  if (query.mixed_case) MixCase(message->data() + dns::kHeaderSize, query.name.size(), random);
  dns::AppendU16(query.type, message);
  dns::AppendU16(query.rr_class, message);
  if (!query.edns) return;
  dns::Edns edns;
  edns.udp_payload_size = kUpstreamUdpSize;
  edns.dnssec_ok = query.dnssec_ok;
  dns::AppendOptRecord(edns, message);
}

}  // namespace strata::recursor
