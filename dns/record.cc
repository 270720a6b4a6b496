// SPDX-License-Identifier: Apache-2.0
#include "dns/record.h"

#include "absl/strings/str_cat.h"
#include "dns/rdata_text.h"

namespace strata::dns {

std::string RecordToText(const Record& record) {
  std::string text = absl::StrCat(record.owner.ToText(), "\t", record.ttl, "\t", ClassToText(record.rr_class), "\t",
                                  TypeToText(record.type), "\t");
  AppendRdataText(record.type, record.rdata, &text);
  return text;
}

}  // namespace strata::dns
