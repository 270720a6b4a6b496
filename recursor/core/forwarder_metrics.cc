// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/forwarder_metrics.h"

#include "dns/header.h"

namespace strata::recursor {

void ForwarderMetrics::CountAnswer(const ResolverAnswer& answer) {
  uint16_t rcode = answer.rcode;
  if (!answer.wire.empty()) rcode = dns::GetU16(answer.wire, dns::kFlagsOffset) & dns::kRcodeMask;
  answers[dns::RcodeLabelIndex(rcode)].Add();
}

}  // namespace strata::recursor
