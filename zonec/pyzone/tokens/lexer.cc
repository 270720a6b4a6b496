// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/lexer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace strata::zonec::pyzone {
namespace {

constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";
// Those that begin as others do come first.
constexpr absl::string_view kOperators[] = {
    "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=",
    "*=",  "/=",  "%=",  "&=",  "|=",  "^=", "@=", ":=", "+",  "-",  "*",  "/",  "%",  "@",  "&",  "|",
    "^",   "~",   "<",   ">",   "(",   ")",  "[",  "]",  "{",  "}",  ",",  ":",  ".",  ";",  "="};

bool StartsName(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool ContinuesName(char c) { return StartsName(c) || IsDigit(c); }

bool IsStringPrefix(absl::string_view text) {
  if (text.size() > 2) return false;
  for (const absl::string_view prefix : {"", "r", "u", "b", "f", "rb", "br", "rf", "fr"}) {
    if (absl::EqualsIgnoreCase(text, prefix)) return true;
  }
  return false;
}

}  // namespace

void Lexer::SkipByteOrderMark() {
  if (absl::StartsWith(text_, kByteOrderMark)) position_ = kByteOrderMark.size();
}

Token Lexer::Error(size_t at, absl::string_view message) {
  failed_ = true;
  resume_ = at;
  return {TokenKind::kError, message, at};
}

// A line of one of the blocks, by its indentation. What can only go on with something is passed over.
bool Lexer::StartsStatement(size_t line) const {
  size_t column = 0;
  for (; At(line) == ' ' || At(line) == '\t'; ++line) column = At(line) == '\t' ? column / 8 * 8 + 8 : column + 1;
  const char c = At(line);
  if (c == '\n' || c == '\r' || c == '#' || c == ')' || c == ']' || c == '}' || c == ',') return false;
  const absl::string_view rest = text_.substr(line, 5);
  if (absl::StartsWith(rest, "else:") || absl::StartsWith(rest, "else ") || absl::StartsWith(rest, "elif "))
    return false;
  return std::any_of(indentations_.begin(), indentations_.end(),
                     [&](const Indentation& block) { return block.column == column; });
}

void Lexer::RecoverAt(size_t offset, size_t blocks) {
  indentations_.resize(std::min(indentations_.size(), blocks + 1));
  position_ = std::max(offset, failed_ ? resume_ : 0);
  failed_ = line_has_tokens_ = false;
  pending_dedents_ = depth_ = 0;
  line_start_ = true;
  const auto at_line_start = [&] {
    return position_ == 0 || At(position_ - 1) == '\n' || (At(position_ - 1) == '\r' && At(position_) != '\n');
  };
  while (position_ < end_ && !(at_line_start() && StartsStatement(position_))) ++position_;
}

void Lexer::SkipLineEnd() {
  if (At(position_) == '\r' && At(position_ + 1) == '\n') ++position_;
  ++position_;
}

Token Lexer::ReadIndentation() {
  line_start_ = false;
  while (true) {
    const size_t start = position_;
    Indentation now;
    for (; At(position_) == ' ' || At(position_) == '\t' || At(position_) == '\f'; ++position_) {
      if (At(position_) == '\f') {
        now = {};
        continue;
      }
      now.column = At(position_) == '\t' ? now.column / 8 * 8 + 8 : now.column + 1;
      ++now.characters;
    }
    if (At(position_) == '#') {
      while (position_ < end_ && At(position_) != '\n' && At(position_) != '\r') ++position_;
    }
    if (position_ == end_) return {};
    if (At(position_) != '\n' && At(position_) != '\r') {
      Token token = CompareIndentation(now);
      if (token.kind == TokenKind::kIndent || token.kind == TokenKind::kError) token.offset = start;
      return token;
    }
    SkipLineEnd();
  }
}

// kEnd when there is nothing to say.
Token Lexer::CompareIndentation(const Indentation& now) {
  constexpr absl::string_view kMixed = "tabs and spaces are mixed in the indentation; use spaces only";
  Indentation before = indentations_.back();
  if (now.column == before.column) {
    return now.characters == before.characters ? Token() : Error(position_, kMixed);
  }
  if (now.column > before.column) {
    if (now.characters <= before.characters) return Error(position_, kMixed);
    if (indentations_.size() > kMaxBlocks) return Error(position_, "blocks nest too deep");
    indentations_.push_back(now);
    return {TokenKind::kIndent, "", position_};
  }
  while (now.column < before.column) {
    indentations_.pop_back();
    before = indentations_.back();
    ++pending_dedents_;
  }
  if (now.column != before.column) return Error(position_, "the indentation matches that of no line before");
  return now.characters == before.characters ? Token() : Error(position_, kMixed);
}

bool Lexer::SkipBlanks() {
  for (; position_ < end_; ++position_) {
    const char c = At(position_);
    if (c == ' ' || c == '\t' || c == '\f') continue;
    if (c == '#') {
      while (position_ < end_ && At(position_) != '\n' && At(position_) != '\r') ++position_;
      if (position_ == end_) return true;
      --position_;
      continue;
    }
    const bool joined = c == '\\' && (At(position_ + 1) == '\n' || At(position_ + 1) == '\r');
    if (c == '\\' && !joined) return false;
    if (joined) {
      ++position_;
    } else if (depth_ == 0 || (c != '\n' && c != '\r')) {
      return true;
    }
    SkipLineEnd();
    --position_;
  }
  return true;
}

Token Lexer::ReadEnd() {
  // The last line need not end.
  if (line_has_tokens_ && depth_ == 0) {
    line_has_tokens_ = false;
    return {TokenKind::kNewline, "", position_};
  }
  if (indentations_.size() > 1) {
    indentations_.pop_back();
    return {TokenKind::kDedent, "", position_};
  }
  return {TokenKind::kEnd, "", position_};
}

Token Lexer::Next() {
  if (failed_) return {TokenKind::kEnd, "", end_};
  if (line_start_) {
    const Token token = ReadIndentation();
    if (token.kind != TokenKind::kEnd) return token;
  }
  if (pending_dedents_ > 0) {
    --pending_dedents_;
    return {TokenKind::kDedent, "", position_};
  }
  if (!SkipBlanks()) return Error(position_, "a backslash joins lines, and has to be the last on its line");
  if (position_ >= end_) return ReadEnd();
  const char c = At(position_);
  if (c == '\n' || c == '\r') {
    const size_t start = position_;
    SkipLineEnd();
    line_start_ = true;
    line_has_tokens_ = false;
    return {TokenKind::kNewline, "", start};
  }
  line_has_tokens_ = true;
  if (StartsName(c)) return ReadName();
  if (IsDigit(c) || (c == '.' && IsDigit(At(position_ + 1)))) return ReadNumber();
  if (c == '"' || c == '\'') return ReadString(position_, position_);
  return ReadOperator();
}

Token Lexer::ReadName() {
  const size_t start = position_;
  while (ContinuesName(At(position_))) ++position_;
  const bool quoted = At(position_) == '"' || At(position_) == '\'';
  if (quoted && IsStringPrefix(text_.substr(start, position_ - start))) return ReadString(start, position_);
  return Make(TokenKind::kName, start);
}

Token Lexer::ReadNumber() {
  const size_t start = position_;
  const bool decimal = At(start) != '0' || !absl::ascii_isalpha(static_cast<unsigned char>(At(start + 1)));
  while (ContinuesName(At(position_)) || At(position_) == '.') {
    const bool exponent = decimal && (At(position_) == 'e' || At(position_) == 'E');
    ++position_;
    if (exponent && (At(position_) == '+' || At(position_) == '-')) ++position_;
  }
  return Make(TokenKind::kNumber, start);
}

Token Lexer::ReadString(size_t start, size_t quote) {
  const char mark = At(quote);
  const bool triple = At(quote + 1) == mark && At(quote + 2) == mark;
  position_ = quote + (triple ? 3 : 1);
  for (; position_ < end_; ++position_) {
    const char c = At(position_);
    if (c == '\\') {
      if (++position_ < end_ && At(position_) == '\r' && At(position_ + 1) == '\n') ++position_;
    } else if (c == mark && (!triple || (At(position_ + 1) == mark && At(position_ + 2) == mark))) {
      position_ += triple ? 3 : 1;
      return Make(TokenKind::kString, start);
    } else if (!triple && (c == '\n' || c == '\r')) {
      break;
    }
  }
  const Token error = Error(start, triple ? absl::string_view("the string is never closed")
                                          : absl::string_view("the string is not closed on its line"));
  if (triple) resume_ = end_;
  return error;
}

Token Lexer::ReadOperator() {
  const size_t start = position_;
  const absl::string_view rest = text_.substr(position_, end_ - position_);
  for (const absl::string_view spelling : kOperators) {
    if (!absl::StartsWith(rest, spelling)) continue;
    position_ += spelling.size();
    const char c = spelling[0];
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if ((c == ')' || c == ']' || c == '}') && depth_ > 0) --depth_;
    return Make(TokenKind::kOperator, start);
  }
  if (static_cast<unsigned char>(At(start)) >= 128) {
    return Error(start, "a character that is not ASCII, outside of a string; identifiers are ASCII here");
  }
  return Error(start, "a character that means nothing here");
}

}  // namespace strata::zonec::pyzone
