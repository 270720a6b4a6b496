// The token that is next, and the errors of syntax.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TOKENS_TOKEN_STREAM_H_
#define STRATA_ZONEC_PYZONE_TOKENS_TOKEN_STREAM_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/tokens/lexer.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

// Errors go to the Run, which outlives the stream.
class TokenStream {
 public:
  TokenStream(const Lexer& lexer, FileId file, Run* run) : lexer_(lexer), file_(file), run_(*run) { Advance(); }

  const Token& current() const { return current_; }
  Position position() const { return PositionOf(current_.offset); }
  Position PositionOf(size_t offset) const { return {file_, static_cast<uint32_t>(offset)}; }
  FileId file() const { return file_; }

  bool Is(absl::string_view spelling) const { return current_.Is(spelling); }
  bool Is(TokenKind kind) const { return current_.kind == kind; }
  void Advance() { current_ = lexer_.Next(); }
  bool Accept(absl::string_view spelling) {
    if (!Is(spelling)) return false;
    Advance();
    return true;
  }
  // Where a statement starts; what RecoverFrom() needs to go on behind it.
  struct Mark {
    size_t offset;
    size_t blocks;
  };
  Mark StatementStart() const {
    // No statement starts with more indentation: the block that it opens is none.
    return {current_.offset, lexer_.block_count() - (Is(TokenKind::kIndent) ? 1 : 0)};
  }
  // After an error in the statement: goes to the next line that can start a statement of its block, or of one around
  // it. False: the text is not to be read further.
  bool RecoverFrom(const Mark& statement);

  // False: something else stands there, which was reported.
  bool Expect(absl::string_view spelling, absl::string_view purpose);

  // Reports the error and returns false.
  bool Fail(std::string message) { return Fail(position(), "syntax", std::move(message)); }
  bool Fail(Position position, absl::string_view check, std::string message);
  // "`x` stands where a value is expected"
  bool FailUnexpected(absl::string_view expected);

 private:
  Lexer lexer_;
  FileId file_;
  Run& run_;
  Token current_;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_TOKENS_TOKEN_STREAM_H_
