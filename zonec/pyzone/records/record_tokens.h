// Values as tokens of a master file, which dns/ makes RDATA of. Private to zonec/pyzone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_RECORDS_RECORD_TOKENS_H_
#define STRATA_ZONEC_PYZONE_RECORDS_RECORD_TOKENS_H_

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/rdata_schema.h"
#include "dns/text_token.h"
#include "zonec/pyzone/values/value.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

class RecordTokens {
 public:
  // Adds the tokens of a field. Empty, or what is wrong with the value.
  //
  // Numbers are ints or texts; names, addresses and mnemonics are texts; character-strings are the octets of a text.
  // What is hex or base64 in a master file is that as a str, and the octets themselves as a bytes.
  std::string Add(const dns::RdataField& field, Value value, Position position);
  // A token as a master file has it.
  void AddRaw(absl::string_view text, bool quoted, Position position);

  absl::Span<const dns::TextToken> tokens() const { return tokens_; }
  // Of token `i`, or `otherwise` when there are not so many.
  Position PositionOf(size_t i, Position otherwise) const { return i < positions_.size() ? positions_[i] : otherwise; }

 private:
  std::string AddText(const dns::RdataField& field, Value value, Position position);

  std::deque<std::string> texts_;
  std::vector<dns::TextToken> tokens_;
  std::vector<Position> positions_;
};

// Empty, or what is wrong with a text that shall be a name.
std::string CheckNameText(Value value);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_RECORDS_RECORD_TOKENS_H_
