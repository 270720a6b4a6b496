// $GENERATE: records by counting, as BIND has it. Private to zonec/bind.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_BIND_GENERATE_H_
#define STRATA_ZONEC_BIND_GENERATE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "zonec/bind/lexer.h"
#include "zonec/bind/parse_state.h"
#include "zonec/bind/record_entry.h"

namespace strata::zonec {

// Octets of the text that is generated in all: large patterns, and many numbers.
inline constexpr size_t kMaxGeneratedText = size_t{256} << 20;

// from-to or from-to/step, 0 <= from <= to <= 2^31-1, step > 0.
struct GenerateRange {
  uint32_t from = 0;
  uint32_t to = 0;
  uint32_t step = 1;

  size_t Count() const { return size_t{to - from} / step + 1; }
};

absl::StatusOr<GenerateRange> ParseGenerateRange(absl::string_view text);

// Appends `pattern` with each `$` replaced by `value`. `${offset[,width[,base]]}` adds the offset, fills up to `width`
// with zeros, and writes in base d, o, x or X, or as n or N: hex digits in reverse order with dots between, for
// ip6.arpa, where the width counts the dots. `$$` is a `$`, and what follows a backslash stays as it is.
absl::Status ExpandPattern(absl::string_view pattern, uint32_t value, std::string* out);

// Adds a record for each number of the range. The owner is token 2 of `entry`; `fields` has been read from the tokens
// behind it. Stops at the first number whose record has an error.
void GenerateRecords(const GenerateRange& range, const Entry& entry, const RecordFields& fields, ParseState* state);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_BIND_GENERATE_H_
