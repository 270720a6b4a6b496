// Cuts a pyzone into tokens, as Python's tokenizer does.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TOKENS_LEXER_H_
#define STRATA_ZONEC_PYZONE_TOKENS_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::zonec::pyzone {

enum class TokenKind : uint8_t {
  kEnd,
  kNewline,  // ends a statement
  kIndent,
  kDedent,
  kName,  // keywords too
  kNumber,
  kString,  // with prefix and quotes
  kOperator,
  kError,  // its text is the message, a literal
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  absl::string_view text;
  size_t offset = 0;

  bool Is(absl::string_view spelling) const {
    return (kind == TokenKind::kName || kind == TokenKind::kOperator) && text == spelling;
  }
};

// Views are into `text`, which must outlive the lexer and its tokens; it is UTF-8. Looks at each octet once or twice.
//
// Indentation is by spaces or tabs; where their mixture is ambiguous it is an error. Lines are joined by brackets and
// by a backslash at the end. Identifiers are ASCII.
class Lexer {
 public:
  static constexpr size_t kMaxBlocks = 100;

  explicit Lexer(absl::string_view text) : text_(text), end_(text.size()) { SkipByteOrderMark(); }

  // An expression in a field of an f-string: text[begin, end), as if in brackets.
  Lexer(absl::string_view text, size_t begin, size_t end)
      : text_(text), end_(end), position_(begin), depth_(1), line_start_(false) {}

  // Nothing follows an error but by RecoverAt(), and kEnd follows kEnd.
  Token Next();
  absl::string_view text() const { return text_; }
  // The blocks that are open.
  size_t block_count() const { return indentations_.size() - 1; }
  // Goes on at the first line that starts at or behind `offset` and can start a statement of the innermost of the
  // `blocks` outermost blocks or of one around it; else at the end.
  void RecoverAt(size_t offset, size_t blocks);

 private:
  struct Indentation {
    size_t column = 0;      // with a tab to the next multiple of 8
    size_t characters = 0;  // with a tab as one
  };

  void SkipByteOrderMark();
  char At(size_t position) const { return position < end_ ? text_[position] : '\0'; }
  // At the start of a line: to its first token, over lines that hold none. Sets `pending_dedents_`.
  Token ReadIndentation();
  Token CompareIndentation(const Indentation& now);
  // Blanks, joined lines and comments; false: a backslash that joins nothing.
  bool SkipBlanks();
  void SkipLineEnd();
  bool StartsStatement(size_t line) const;
  Token ReadName();
  Token ReadNumber();
  // `quote` is where the quote stands, behind the prefix.
  Token ReadString(size_t start, size_t quote);
  Token ReadOperator();
  Token ReadEnd();
  Token Make(TokenKind kind, size_t start) const { return {kind, text_.substr(start, position_ - start), start}; }
  Token Error(size_t at, absl::string_view message);

  absl::string_view text_;
  size_t end_;
  size_t position_ = 0;
  size_t depth_ = 0;  // open brackets
  bool line_start_ = true;
  bool line_has_tokens_ = false;
  bool failed_ = false;
  size_t resume_ = 0;  // after an error: what is before it is not understood
  size_t pending_dedents_ = 0;
  std::vector<Indentation> indentations_ = {{}};
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_TOKENS_LEXER_H_
