// Fuzzes RDATA in wire form: a type (2 octets), an offset (1 octet), a message whose RDATA is all from that offset.
//
// What is read is valid, stays so in canonical form, and survives its text.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rdata_schema.h"
#include "dns/rdata_text.h"
#include "dns/testing/text_tokens.h"
#include "dns/wire_reader.h"

namespace strata::dns {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckNameLayout(uint16_t type, absl::string_view rdata) {
  const NameLayout layout = RdataNameLayout(type);
  if (layout.name_count == 0) return;
  rdata.remove_prefix(layout.prefix_size);
  for (int i = 0; i < layout.name_count; ++i) {
    const size_t size = WireNameSize(rdata);
    Check(size != 0);
    rdata.remove_prefix(size);
  }
}

void CheckText(uint16_t type, const std::string& rdata) {
  std::string text;
  AppendRdataText(type, rdata, &text);
  for (char c : text) Check(c >= ' ' && c <= '~');
  std::string again;
  Check(!ParseRdataText(type, SplitTextTokens(text), Name(), &again));
  Check(again == rdata);
}

}  // namespace

// C linkage: the namespace is no part of the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  const auto type = static_cast<uint16_t>(data[0] << 8 | data[1]);
  const size_t offset = data[2];
  const absl::string_view message(reinterpret_cast<const char*>(data) + 3, size - 3);
  WireReader reader(message, offset);
  std::string rdata;
  ReadRdata(type, reader.remaining(), &reader, &rdata);
  if (!reader.ok()) return 0;
  Check(reader.AtEnd());
  Check(rdata.size() <= 65535);
  Check(IsValidRdata(type, rdata));

  const std::string canonical = CanonicalRdata(type, rdata);
  Check(canonical.size() == rdata.size());
  Check(IsValidRdata(type, canonical));
  Check(CanonicalRdata(type, canonical) == canonical);

  CheckNameLayout(type, rdata);
  CheckText(type, rdata);
  return 0;
}

}  // namespace strata::dns
