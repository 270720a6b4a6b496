// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/lexer.h"

#include <emmintrin.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "absl/strings/match.h"

namespace strata::zonec {
namespace {

constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";

// True for the octets that end an unquoted token or need a look within it.
constexpr std::array<bool, 256> MakeSpecial() {
  std::array<bool, 256> special{};
  for (const char c : {' ', '\t', '\n', '\r', ';', '(', ')', '"', '\\', '\0'}) special[static_cast<uint8_t>(c)] = true;
  return special;
}
constexpr std::array<bool, 256> kSpecial = MakeSpecial();

constexpr size_t kBlock = 16;

// A bit for each of the 16 octets at `text`: set for every special one, and for some that are not.
uint32_t MaybeSpecial(const char* text) {
  const __m128i octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const auto equal = [&](__m128i masked, char c) { return _mm_cmpeq_epi8(masked, _mm_set1_epi8(c)); };
  // Up to '"', which are blanks and line ends, and controls and '!' besides.
  const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(octets, _mm_set1_epi8('"')), octets);
  const __m128i parentheses = equal(_mm_and_si128(octets, _mm_set1_epi8(static_cast<char>(0xfe))), '(');
  const __m128i others = _mm_or_si128(equal(octets, ';'), equal(octets, '\\'));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(low, parentheses), others)));
}
static_assert(('(' | 1) == ')', "as MaybeSpecial() has it");

// Over octets that mean nothing but themselves; not over all of them at the text's end.
const char* SkipPlain(const char* at, const char* end) {
  for (; end - at >= static_cast<ptrdiff_t>(kBlock); at += kBlock) {
    const uint32_t special = MaybeSpecial(at);
    if (special != 0) return at + std::countr_zero(special);
  }
  return at;
}

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

Lexer::Lexer(absl::string_view text) : text_(text) {
  if (absl::StartsWith(text_, kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

bool Lexer::Next(Entry* entry) {
  while (position_ < text_.size()) {
    entry->starts_blank = IsBlank(text_[position_]);
    entry->tokens.clear();
    entry->error.reset();
    ReadEntry(entry);
    if (!entry->tokens.empty() || entry->error) return true;
  }
  return false;
}

void Lexer::ReadEntry(Entry* entry) {
  depth_ = 0;
  while (position_ < text_.size()) {
    switch (text_[position_]) {
      case ' ':
      case '\t':
        ++position_;
        break;
      case '\n':
      case '\r':
        if (EndsEntryAtLineEnd(*entry)) return;
        break;
      case ';':
        SkipComment();
        break;
      case '(':
        if (depth_++ == 0) opened_at_ = position_;
        ++position_;
        break;
      case ')':
        if (depth_ == 0) {
          Fail(position_, "')' without '('", entry);
        } else {
          --depth_;
        }
        ++position_;
        break;
      case '"':
        ReadQuoted(entry);
        break;
      default:
        ReadWord(entry);
    }
  }
  if (depth_ == 0) return;
  Fail(opened_at_, "'(' is never closed", entry);
  // What was swallowed may be good records, or more mistakes. Reading it again is worth it once, not for every
  // parenthesis.
  if (reread_) return;
  reread_ = true;
  position_ = opened_at_;
  while (position_ < text_.size() && !AtLineEnd()) ++position_;
}

bool Lexer::EndsEntryAtLineEnd(const Entry& entry) {
  SkipLineEnd();
  if (depth_ == 0) return true;
  if (!entry.error || position_ == text_.size()) return false;
  const char next = text_[position_];
  return !IsBlank(next) && next != ')' && next != ';' && next != '\n' && next != '\r';
}

inline void Lexer::AddToken(size_t start, bool quoted, Entry* entry) {
  if (entry->tokens.size() == kMaxTokens) return Fail(start, "too many tokens for one entry", entry);
  dns::TextToken& token = entry->tokens.emplace_back();
  token.text = text_.substr(start, position_ - start);
  token.quoted = quoted;
}

void Lexer::ReadQuoted(Entry* entry) {
  const size_t open = position_++;
  const size_t start = position_;
  while (position_ < text_.size() && text_[position_] != '"' && !AtLineEnd()) {
    if (text_[position_] == '\0') Fail(position_, "a NUL octet; it is written \\000", entry);
    if (text_[position_] == '\\') ++position_;
    // A backslash does not carry a string over the end of its line.
    if (position_ < text_.size() && !AtLineEnd()) ++position_;
  }
  AddToken(start, /*quoted=*/true, entry);
  if (position_ < text_.size() && text_[position_] == '"') {
    ++position_;
  } else {
    Fail(open, "the quoted string does not end on its line", entry);
  }
}

void Lexer::ReadWord(Entry* entry) {
  const size_t start = position_;
  while (position_ < text_.size()) {
    position_ = static_cast<size_t>(SkipPlain(text_.data() + position_, text_.data() + text_.size()) - text_.data());
    if (position_ == text_.size()) break;
    const char c = text_[position_];
    if (IsBlank(c) || c == '\n') {  // nearly always
      break;
    } else if (!kSpecial[static_cast<uint8_t>(c)]) {
      ++position_;
    } else if (c == '\0') {
      Fail(position_++, "a NUL octet; it is written \\000", entry);
    } else if (c == '\\') {
      ++position_;
      if (position_ == text_.size() || AtLineEnd()) {
        Fail(position_ - 1, "a backslash at the end of the line", entry);
        break;
      }
      if (text_[position_] == '\0') Fail(position_, "a NUL octet; it is written \\000", entry);
      ++position_;
    } else {
      break;
    }
  }
  AddToken(start, /*quoted=*/false, entry);
}

absl::string_view Lexer::PeekWord() const {
  constexpr size_t kLongest = 4 * kBlock;
  if (text_.size() - position_ < kLongest) return "";
  for (size_t size = 0; size < kLongest; size += kBlock) {
    const uint32_t special = MaybeSpecial(text_.data() + position_ + size);
    if (special != 0) return text_.substr(position_, size + static_cast<size_t>(std::countr_zero(special)));
  }
  return "";
}

void Lexer::SkipComment() {
  while (position_ < text_.size() && !AtLineEnd()) ++position_;
}

void Lexer::SkipLineEnd() {
  const bool carriage_return = text_[position_++] == '\r';
  if (carriage_return && position_ < text_.size() && text_[position_] == '\n') ++position_;
}

void Lexer::Fail(size_t at, absl::string_view message, Entry* entry) {
  if (!entry->error) entry->error = LexError{text_.data() + at, message};
}

void JoinQuotedValues(size_t first, Entry* entry) {
  std::vector<dns::TextToken>& tokens = entry->tokens;
  size_t kept = std::min(first, tokens.size());
  for (size_t i = kept; i < tokens.size(); ++i) {
    dns::TextToken& before = tokens[kept == 0 ? 0 : kept - 1];
    const bool joins = i > first && tokens[i].quoted && !before.quoted &&
                       before.text.data() + before.text.size() + 1 == tokens[i].text.data();
    if (joins) {
      before.text = absl::string_view(before.text.data(), before.text.size() + tokens[i].text.size() + 2);
    } else {
      tokens[kept++] = tokens[i];
    }
  }
  tokens.resize(kept);
}

}  // namespace strata::zonec
