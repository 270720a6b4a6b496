// Entries that hold a resource record (RFC 1035 §5.1). Private to zonec/bind.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_BIND_RECORD_ENTRY_H_
#define STRATA_ZONEC_BIND_RECORD_ENTRY_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "zonec/bind/lexer.h"
#include "zonec/bind/parse_state.h"
#include "zonec/snapshot/name_tree.h"

namespace strata::zonec {

// [TTL] [class] type, or [class] [TTL] type.
struct RecordFields {
  // Not an optional, here and below: what is copied in other pieces than it was written in makes a processor wait,
  // which millions of records feel.
  bool has_ttl = false;
  uint32_t ttl = 0;
  uint16_t type = 0;
  size_t type_token = 0;
  size_t rdata_token = 0;  // the first of the RDATA, or the number of tokens
};

// Reads the fields from token `first` on; false when something is wrong, which it reports.
bool ReadRecordFields(const Entry& entry, size_t first, ParseState* state, RecordFields* fields);

// Adds the record of `owner` whose RDATA are the tokens from `fields.rdata_token` on. Without an owner it is only
// checked. Reports what is wrong.
void AddRecord(std::optional<snapshot::NameTree::Id> owner, const RecordFields& fields, Entry* entry,
               ParseState* state);

// The name that `text` is below the current origin, as one of the zone's.
absl::StatusOr<snapshot::NameTree::Id> ReadOwner(absl::string_view text, ParseState* state);

// An entry that is no directive. May join tokens of the entry.
void ParseRecordEntry(Entry* entry, ParseState* state);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_BIND_RECORD_ENTRY_H_
