// Fuzzes HostsTable: whatever the text, what is in the table came from a line of it.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "recursor/core/hosts_table.h"

using strata::recursor::HostsTable;
using strata::recursor::LineProblems;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  LineProblems problems;
  const HostsTable table = HostsTable::FromText(text, &problems);
  const size_t lines = 1 + static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  if (problems.count() > lines || table.name_count() > size / 2) std::abort();
  return 0;
}
