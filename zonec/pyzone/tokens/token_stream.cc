// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/token_stream.h"

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/tokens/foreign_words.h"

namespace strata::zonec::pyzone {
namespace {

std::string Describe(const Token& token) {
  switch (token.kind) {
    case TokenKind::kEnd:
      return "the end of the text";
    case TokenKind::kNewline:
      return "the end of the line";
    case TokenKind::kIndent:
      return "more indentation";
    case TokenKind::kDedent:
      return "less indentation";
    case TokenKind::kString:
      return "a string";
    default:
      return absl::StrCat("`", token.text, "`");
  }
}

}  // namespace

bool TokenStream::Fail(Position position, absl::string_view check, std::string message) {
  // What the lexer could not read is the reason for whatever the parser misses.
  if (Is(TokenKind::kError)) {
    run_.Fail(this->position(), "syntax", std::string(current_.text));
  } else {
    run_.Fail(position, check, std::move(message));
  }
  return false;
}

bool TokenStream::RecoverFrom(const Mark& statement) {
  if (!run_.Recover()) return false;
  // A bracket that is not closed makes the next statement's first token wrong: that line is not at fault.
  size_t at = current_.offset;
  const absl::string_view text = lexer_.text();
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  const bool first_of_line = at > 0 && (text[at - 1] == '\n' || text[at - 1] == '\r');
  lexer_.RecoverAt(first_of_line && at > statement.offset ? at : current_.offset + 1, statement.blocks);
  Advance();
  return true;
}

bool TokenStream::FailUnexpected(absl::string_view expected) {
  const std::string foreign = Is(TokenKind::kName) ? ForeignKeyword(current_.text) : "";
  if (!foreign.empty()) return Fail(position(), "not-supported", foreign);
  return Fail(absl::StrCat(Describe(current_), " stands where ", expected, " is expected"));
}

bool TokenStream::Expect(absl::string_view spelling, absl::string_view purpose) {
  if (Accept(spelling)) return true;
  return FailUnexpected(absl::StrCat("`", spelling, "`", purpose.empty() ? "" : " ", purpose));
}

}  // namespace strata::zonec::pyzone
