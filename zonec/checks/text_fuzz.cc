// The readers of SPF, DMARC, DKIM and CAA records take any octets, read none beyond them, and say something of what
// they refuse.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "zonec/checks/caa_syntax.h"
#include "zonec/checks/dkim_syntax.h"
#include "zonec/checks/dmarc_syntax.h"
#include "zonec/checks/spf_syntax.h"

namespace zonec = strata::zonec;

namespace {

void RequireMessage(const absl::Status& status) {
  if (!status.ok() && status.message().empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // On the heap and of this size, so that a step beyond is seen.
  const std::vector<char> octets(data, data + size);
  const absl::string_view text(octets.data(), octets.size());
  if (zonec::IsSpf(text)) {
    const auto terms = zonec::ParseSpf(text);
    RequireMessage(terms.status());
    if (terms.ok() && (terms->lookups < 0 || static_cast<size_t>(terms->lookups) > size)) std::abort();
  }
  if (zonec::IsMeantForDmarc(text)) RequireMessage(zonec::CheckDmarc(text));
  RequireMessage(zonec::CheckDkimKey(text));
  RequireMessage(zonec::CheckCaa(text));
  return 0;
}
