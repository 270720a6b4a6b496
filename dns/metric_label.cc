// SPDX-License-Identifier: Apache-2.0
#include "dns/metric_label.h"

namespace strata::dns {

std::string TypeLabel(size_t index) {
  return index < kLabelledTypes.size() ? TypeToText(kLabelledTypes[index]) : "other";
}

std::string RcodeLabel(size_t index) {
  return index < kRcodeLabels - 1 ? RcodeToText(static_cast<uint16_t>(index)) : "other";
}

}  // namespace strata::dns
