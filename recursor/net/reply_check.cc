// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/reply_check.h"

#include "dns/header.h"
#include "dns/name.h"

namespace strata::recursor {

size_t QueryHeadSize(absl::string_view query) {
  if (query.size() < dns::kHeaderSize || dns::GetU16(query, dns::kQdCountOffset) != 1) return 0;
  const size_t name_size = dns::WireNameSize(query.substr(dns::kHeaderSize));
  if (name_size == 0) return 0;
  const size_t head_size = dns::kHeaderSize + name_size + 4;
  return head_size <= query.size() ? head_size : 0;
}

bool IsReplyTo(absl::string_view query_head, absl::string_view reply) {
  if (reply.size() < query_head.size()) return false;
  const uint16_t flags = dns::GetU16(reply, dns::kFlagsOffset);
  const uint16_t query_flags = dns::GetU16(query_head, dns::kFlagsOffset);
  return (flags & dns::kQr) != 0 && dns::OpcodeOf(flags) == dns::OpcodeOf(query_flags) &&
         dns::GetU16(reply, 0) == dns::GetU16(query_head, 0) && dns::GetU16(reply, dns::kQdCountOffset) == 1 &&
         reply.substr(dns::kHeaderSize, query_head.size() - dns::kHeaderSize) == query_head.substr(dns::kHeaderSize);
}

}  // namespace strata::recursor
