// What the parser of master files carries from entry to entry. Private to zonec/bind.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_BIND_PARSE_STATE_H_
#define STRATA_ZONEC_BIND_PARSE_STATE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/name.h"
#include "dns/text_token.h"
#include "zonec/bind/lexer.h"
#include "zonec/diagnostics.h"
#include "zonec/include_files.h"
#include "zonec/parsed_zone.h"
#include "zonec/snapshot/name_tree.h"
#include "zonec/sources.h"

namespace strata::zonec {

// A file that is being read. $INCLUDE starts one on top of the others; what it sets here ends with it (RFC 1035 §5.1).
struct MasterFile {
  FileId file;
  Lexer lexer;
  dns::Name origin;
  // Of the last record that stated one.
  std::optional<snapshot::NameTree::Id> owner;
  // The last stated owner was none: records that inherit it are checked and dropped.
  bool owner_failed = false;
  // How the owner was written below this origin, empty when that is not known.
  absl::string_view owner_text = "";
};

struct ParseState {
  Sources* sources;
  IncludeFiles* includes;
  Diagnostics* diagnostics;
  ParsedZone* parsed;

  // The innermost is the last.
  std::vector<MasterFile> files;
  size_t include_count = 0;
  std::set<uint32_t> included_texts;  // by Sources::TextNumber()
  size_t reread = 0;                  // octets of those that were included again
  size_t generated_count = 0;
  size_t generated_text = 0;  // octets

  // TTLs hold across files, as in BIND.
  std::optional<uint32_t> default_ttl;  // by $TTL, or by the SOA record
  std::optional<uint32_t> last_ttl;     // the last that was stated
  // The TTL that was read last, and what it says.
  std::string ttl_text;
  uint32_t ttl = 0;
  bool warned_of_last_ttl = false;
  bool failed_for_ttl = false;

  std::string rdata;  // of the record that is being read

  // The word that the next entry starts with, as the name that it is below this file's origin; empty when that is not
  // known.
  absl::string_view next_word;
  snapshot::Zone::PreparedName next_owner;

  // Where the $GENERATE stands whose records are being made: their text is nowhere.
  std::optional<Position> generate;

  MasterFile& file() { return files.back(); }

  // `at` points into the text of the current file.
  Position PositionOf(const char* at) {
    if (generate) return *generate;
    return {file().file, static_cast<uint32_t>(at - sources->text(file().file).data())};
  }
  Position PositionOf(const dns::TextToken& token) { return PositionOf(token.text.data() - (token.quoted ? 1 : 0)); }
  Position PositionBehind(const dns::TextToken& token) {
    return PositionOf(token.text.data() + token.text.size() + (token.quoted ? 1 : 0));
  }
  // Of token `i`, or of the end of the entry when it has none. REQUIRES: the entry has tokens.
  Position PositionOf(const Entry& entry, size_t i) {
    return i < entry.tokens.size() ? PositionOf(entry.tokens[i]) : PositionBehind(entry.tokens.back());
  }

  void Error(Position position, absl::string_view check, std::string message) {
    diagnostics->Error(position, check, std::move(message));
  }
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_BIND_PARSE_STATE_H_
