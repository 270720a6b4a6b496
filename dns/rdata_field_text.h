// One field of RDATA as text.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_FIELD_TEXT_H_
#define STRATA_DNS_RDATA_FIELD_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "dns/rdata_schema.h"

namespace strata::dns {

// Appends the presentation form of a well-formed field, the `size` octets at `rdata[at]`; nothing for one that is
// optional and missing, or an empty list. False when its octets have no presentation form of their own; what is
// appended is then unspecified.
bool AppendRdataFieldText(FieldKind kind, absl::string_view rdata, size_t at, size_t size, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_FIELD_TEXT_H_
