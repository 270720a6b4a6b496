// SPDX-License-Identifier: Apache-2.0
#include "dns/record_writer.h"

#include <cstddef>

#include "dns/name.h"
#include "dns/rdata_schema.h"

namespace strata::dns {

void WriteRdata(uint16_t type, absl::string_view rdata, WireWriter* writer) {
  const NameLayout layout = RdataNameLayout(type);
  const size_t length_at = writer->size();
  writer->WriteU16(static_cast<uint16_t>(rdata.size()));
  if (!layout.compress || rdata.size() <= layout.prefix_size) {
    writer->WriteBytes(rdata);
    return;
  }
  writer->WriteBytes(rdata.substr(0, layout.prefix_size));
  rdata.remove_prefix(layout.prefix_size);
  for (int i = 0; i < layout.name_count; ++i) {
    const absl::string_view name = rdata.substr(0, WireNameSize(rdata));
    if (name.empty()) break;
    writer->WriteName(name);
    rdata.remove_prefix(name.size());
  }
  writer->WriteBytes(rdata);
  if (writer->ok()) writer->PatchU16(length_at, static_cast<uint16_t>(writer->size() - length_at - 2));
}

void WriteRecord(const Record& record, WireWriter* writer) {
  writer->WriteName(record.owner.wire());
  writer->WriteU16(record.type);
  writer->WriteU16(record.rr_class);
  writer->WriteU32(record.ttl);
  WriteRdata(record.type, record.rdata, writer);
}

}  // namespace strata::dns
