// Cuts a master file into entries and these into tokens (RFC 1035 §5.1).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_BIND_LEXER_H_
#define STRATA_ZONEC_BIND_LEXER_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/text_token.h"

namespace strata::zonec {

struct LexError {
  const char* at;  // in the text
  absl::string_view message;
};

// More than any RDATA needs. A token takes more memory than its text.
inline constexpr size_t kMaxTokens = size_t{1} << 18;

// What stands on one line, or on several that parentheses join. All views are into the text.
struct Entry {
  // The line starts with a blank: the entry belongs to the owner of the one before.
  bool starts_blank = false;
  std::vector<dns::TextToken> tokens;
  // The first thing that is wrong; the tokens cannot be trusted then.
  std::optional<LexError> error;
};

// Reads `text`, which must outlive the lexer and the entries. Looks at every octet once (and at most once more after a
// parenthesis that is never closed), and allocates nothing but an entry's vector, which is reused.
//
// Lines end at LF, CR LF or CR, the last one also at the end of the text. Blanks are space and tab. `;` starts a
// comment unless it is quoted or escaped. A quoted string ends on its line. A backslash keeps the next character from
// meaning anything, and stays in the token. A UTF-8 byte order mark at the start is skipped.
class Lexer {
 public:
  explicit Lexer(absl::string_view text);

  // Reads the next entry that holds a token or an error; false at the end. After an error, reading goes on behind the
  // entry: where its parentheses close, or at a line that starts with something else than a blank, as new records do.
  bool Next(Entry* entry);

  // The word that the next line starts with, if it is a plain one: likely the owner of the next entry.
  absl::string_view PeekWord() const;

  // Octets that are read, near enough.
  size_t position() const { return position_; }

 private:
  // To the end of the entry that starts here.
  void ReadEntry(Entry* entry);
  // Over a line end. True when the entry ends with it.
  bool EndsEntryAtLineEnd(const Entry& entry);
  void ReadQuoted(Entry* entry);
  void ReadWord(Entry* entry);
  // The token from `start` to here.
  void AddToken(size_t start, bool quoted, Entry* entry);
  void SkipComment();
  void SkipLineEnd();
  bool AtLineEnd() const { return text_[position_] == '\n' || text_[position_] == '\r'; }
  void Fail(size_t at, absl::string_view message, Entry* entry);

  absl::string_view text_;
  size_t position_ = 0;
  size_t depth_ = 0;      // open parentheses
  size_t opened_at_ = 0;  // the outermost of them
  bool reread_ = false;   // a parenthesis without end has been met before
};

// SVCB parameters have quotes inside a token (RFC 9460 §2.1): alpn="h2,h3". The lexer, which cannot know of types, cut
// them in two as is right for all others; this joins them again, from token `first` on.
void JoinQuotedValues(size_t first, Entry* entry);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_BIND_LEXER_H_
