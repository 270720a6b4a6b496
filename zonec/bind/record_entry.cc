// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/record_entry.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "base/nearest_name.h"
#include "base/status_macros.h"
#include "dns/name.h"
#include "dns/plain_name.h"
#include "dns/rdata_text.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/text/time_text.h"

namespace strata::zonec {
namespace {

std::string Quoted(absl::string_view text) { return absl::StrCat("\"", text, "\""); }

// Searching costs; nobody reads more than so many messages.
constexpr size_t kMaxHints = 100;

// ", did you mean AAAA?", or nothing.
std::string DidYouMean(absl::string_view type, const Diagnostics& diagnostics) {
  if (diagnostics.error_count() >= kMaxHints) return "";
  const std::string nearest = base::NearestName(absl::AsciiStrToUpper(type), dns::TypeMnemonics());
  return nearest.empty() ? "" : absl::StrCat(", did you mean ", nearest, "?");
}

bool StartsWithDigit(absl::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

// Most TTLs of a zone are written as the one before.
bool ReadTtl(absl::string_view text, ParseState* state, uint32_t* ttl) {
  if (text != state->ttl_text) {
    const std::optional<uint32_t> read = dns::ParseTtl(text);
    if (!read) return false;
    state->ttl_text = std::string(text);
    state->ttl = *read;
  }
  *ttl = state->ttl;
  return true;
}

// Checks a token that is neither TTL nor class; false when it was reported.
bool ReadType(const Entry& entry, size_t at, ParseState* state, uint16_t* type) {
  const dns::TextToken& token = entry.tokens[at];
  const Position position = state->PositionOf(token);
  const std::optional<uint16_t> found = token.quoted ? std::nullopt : dns::TypeFromText(token.text);
  if (!found) {
    if (!token.quoted && at == 0 && token.text[0] == '$') {
      state->Error(position, "syntax", "a directive starts at the beginning of its line");
    } else if (!token.quoted && StartsWithDigit(token.text)) {
      state->Error(position, "ttl",
                   absl::StrCat(Quoted(token.text), " is not a TTL; it is written 3600 or 1h30m, up to 2147483647"));
    } else {
      state->Error(position, "type",
                   absl::StrCat(Quoted(token.text), " is not an RR type", DidYouMean(token.text, *state->diagnostics),
                                "; types without a name are written TYPE65280"));
    }
    return false;
  }
  if (*found == 0 || dns::IsMetaType(*found)) {
    state->Error(position, "type",
                 absl::StrCat(dns::TypeToText(*found), " is a meta type (RFC 6895 §3.1), which no zone can hold"));
    return false;
  }
  *type = *found;
  return true;
}

// The MINIMUM field, the last of an SOA's RDATA.
uint32_t SoaMinimum(absl::string_view rdata) {
  uint32_t value = 0;
  for (const char c : rdata.substr(rdata.size() - 4)) value = value << 8 | static_cast<uint8_t>(c);
  return std::min(value, dns::kMaxTtl);
}

// The TTL of a record that may state none: by $TTL (RFC 2308 §4), else the last stated one (RFC 1035 §5.1), else, for
// the SOA and what follows it, the SOA's minimum, as BIND does.
uint32_t ChooseTtl(const RecordFields& fields, absl::string_view rdata, Position position, ParseState* state) {
  if (fields.has_ttl) {
    state->last_ttl = fields.ttl;
    return fields.ttl;
  }
  if (state->default_ttl) return *state->default_ttl;
  if (state->last_ttl) {
    if (!state->warned_of_last_ttl) {
      state->diagnostics->Warning(position, "no-ttl",
                                  absl::StrCat("no TTL and no $TTL before: taking the last record's, ",
                                               *state->last_ttl, " (RFC 1035 §5.1), here and from here on"));
    }
    state->warned_of_last_ttl = true;
    return *state->last_ttl;
  }
  if (fields.type == dns::rr_type::kSOA) {
    state->default_ttl = SoaMinimum(rdata);
    state->diagnostics->Warning(position, "no-ttl",
                                absl::StrCat("no TTL and no $TTL before: taking the SOA's minimum, ",
                                             *state->default_ttl, ", here and from here on"));
    return *state->default_ttl;
  }
  if (!state->failed_for_ttl) {
    state->Error(position, "no-ttl", "no TTL, and none before to take: start the zone with $TTL");
  }
  state->failed_for_ttl = true;
  return 0;
}

// Starts to search for the owner of the next entry, which takes as long as parsing this one: in a large zone it is
// anywhere in memory. A guess that is wrong costs time only.
void PrepareNextOwner(ParseState* state) {
  const MasterFile& file = state->file();
  const absl::string_view word = file.lexer.PeekWord();
  if (word.data() == state->next_word.data()) return;
  dns::NameBuffer plain;
  state->next_word = "";
  if (word == file.owner_text) return;
  if (const size_t size = dns::ReadPlainName(word, file.origin.wire(), &plain); size != 0) {
    state->parsed->zone.PrepareName({plain.octets, size}, &state->next_owner);
    state->next_word = word;
  }
}

}  // namespace

bool ReadRecordFields(const Entry& entry, size_t first, ParseState* state, RecordFields* fields) {
  bool has_class = false;
  for (size_t i = first; i < entry.tokens.size(); ++i) {
    const dns::TextToken& token = entry.tokens[i];
    if (!token.quoted && !fields->has_ttl && StartsWithDigit(token.text)) {
      fields->has_ttl = ReadTtl(token.text, state, &fields->ttl);
      if (fields->has_ttl) continue;
    }
    const std::optional<uint16_t> rr_class = token.quoted || has_class ? std::nullopt : dns::ClassFromText(token.text);
    if (rr_class && *rr_class != dns::rr_class::kIN) {
      state->Error(state->PositionOf(token), "class", absl::StrCat("class ", token.text, " in a zone of class IN"));
      return false;
    }
    if (rr_class) {
      has_class = true;
      continue;
    }
    if (!ReadType(entry, i, state, &fields->type)) return false;
    fields->type_token = i;
    fields->rdata_token = i + 1;
    return true;
  }
  state->Error(state->PositionBehind(entry.tokens.back()), "syntax", "the entry ends before the record's type");
  return false;
}

void AddRecord(std::optional<snapshot::NameTree::Id> owner, const RecordFields& fields, Entry* entry,
               ParseState* state) {
  const Position position = state->PositionOf(entry->tokens[fields.type_token]);
  if (fields.type == dns::rr_type::kSVCB || fields.type == dns::rr_type::kHTTPS) {
    JoinQuotedValues(fields.rdata_token, entry);
  }
  std::string& rdata = state->rdata;
  const absl::Span<const dns::TextToken> tokens = absl::MakeConstSpan(entry->tokens).subspan(fields.rdata_token);
  const auto error = dns::ParseRdataText(fields.type, tokens, state->file().origin, &rdata);
  if (error) {
    const std::string type = dns::TypeToText(fields.type);
    const bool says_type = absl::StartsWith(error->message, type + " ");
    state->Error(state->PositionOf(*entry, fields.rdata_token + error->token), "rdata",
                 says_type ? error->message : absl::StrCat(type, ": ", error->message));
    return;
  }
  const uint32_t ttl = ChooseTtl(fields, rdata, position, state);
  if (!owner) return;
  snapshot::Zone& zone = state->parsed->zone;
  zone.Add(*owner, fields.type, ttl, rdata);
  state->parsed->positions.push_back(position);
}

absl::StatusOr<snapshot::NameTree::Id> ReadOwner(absl::string_view text, ParseState* state) {
  const dns::Name& origin = state->file().origin;
  snapshot::Zone& zone = state->parsed->zone;
  if (text.data() == state->next_word.data() && text.size() == state->next_word.size()) {
    return zone.AddName(state->next_owner);
  }
  dns::NameBuffer plain;
  if (const size_t size = dns::ReadPlainName(text, origin.wire(), &plain); size != 0) {
    return zone.AddName({plain.octets, size});
  }
  STRATA_ASSIGN_OR_RETURN(const dns::Name name, dns::Name::FromText(text, origin));
  return zone.AddName(name.wire());
}

void ParseRecordEntry(Entry* entry, ParseState* state) {
  MasterFile& file = state->file();
  size_t next = 0;
  if (!entry->starts_blank) {
    const dns::TextToken& token = entry->tokens[next++];
    if (file.owner_failed || token.text.empty() || token.text != file.owner_text) {
      const absl::StatusOr<snapshot::NameTree::Id> owner = ReadOwner(token.text, state);
      file.owner_failed = !owner.ok();
      file.owner_text = owner.ok() ? token.text : "";
      if (owner.ok()) {
        file.owner = *owner;
      } else {
        state->Error(state->PositionOf(token), "name", absl::StrCat("owner: ", owner.status().message()));
      }
    }
  } else if (!file.owner && !file.owner_failed) {
    // Its owner is what fails.
    file.owner_failed = true;
    if (entry->tokens[0].quoted || entry->tokens[0].text[0] != '$') {
      state->Error(state->PositionOf(entry->tokens[0]), "syntax",
                   "the line starts with a blank, but there is no record before it to take the owner from");
    }
  }
  PrepareNextOwner(state);
  RecordFields fields;
  if (!ReadRecordFields(*entry, next, state, &fields)) return;
  AddRecord(file.owner_failed ? std::nullopt : file.owner, fields, entry, state);
}

}  // namespace strata::zonec
