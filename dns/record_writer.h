// Records into wire form.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RECORD_WRITER_H_
#define STRATA_DNS_RECORD_WRITER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "dns/record.h"
#include "dns/wire_writer.h"

namespace strata::dns {

// Writes RDLENGTH and `rdata`, which is uncompressed and valid for `type`. Its names are compressed, and remembered for
// later ones, only in the types of RFC 1035 (RFC 3597 §4).
void WriteRdata(uint16_t type, absl::string_view rdata, WireWriter* writer);

// Writes the whole record. When it does not fit, the writer has failed and holds a part of it: Rollback().
void WriteRecord(const Record& record, WireWriter* writer);

}  // namespace strata::dns

#endif  // STRATA_DNS_RECORD_WRITER_H_
