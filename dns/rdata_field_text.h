// One field of RDATA as text.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_FIELD_TEXT_H_
#define STRATA_DNS_RDATA_FIELD_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "dns/rdata_schema.h"

namespace strata::dns {

// Appends the presentation form of a well-formed field; nothing for one that is optional and missing, or an empty list.
void AppendRdataFieldText(FieldKind kind, absl::string_view octets, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_FIELD_TEXT_H_
