// Fuzzes RDATA text: a type, a blank, RDATA as in a zone file.
//
// What is parsed is valid, and what is written of it reads back to the same octets.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/rdata.h"
#include "dns/rdata_text.h"
#include "dns/rr_type.h"
#include "dns/testing/text_tokens.h"

namespace strata::dns {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// C linkage: the namespace is no part of the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Name origin = *Name::FromText("example.");
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  std::vector<TextToken> tokens = SplitTextTokens(input);
  if (tokens.empty()) return 0;
  const std::optional<uint16_t> type = TypeFromText(tokens[0].text);
  if (!type) return 0;
  tokens.erase(tokens.begin());

  std::string rdata;
  if (const auto error = ParseRdataText(*type, tokens, origin, &rdata)) {
    Check(error->token <= tokens.size());
    Check(!error->message.empty());
    return 0;
  }
  Check(rdata.size() <= 65535);
  Check(IsValidRdata(*type, rdata));

  std::string text;
  AppendRdataText(*type, rdata, &text);
  std::string again;
  Check(!ParseRdataText(*type, SplitTextTokens(text), Name(), &again));
  Check(again == rdata);
  return 0;
}

}  // namespace strata::dns
