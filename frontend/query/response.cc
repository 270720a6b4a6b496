// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/response.h"

#include <algorithm>
#include <cstring>

#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::frontend {
namespace {

using dns::GetU16;
using dns::SetU16;

// What stays of the text when there is little room: a client needs the number.
constexpr size_t kMaxErrorText = 120;

// What is sent of an extended error's text, which is UTF-8 (RFC 8914 §2) and stays so: no character is cut.
absl::string_view ErrorText(const ExtendedErrorView& error) {
  size_t size = std::min(error.text.size(), kMaxErrorText);
  const auto continues = [&error](size_t at) { return (static_cast<uint8_t>(error.text[at]) & 0xc0) == 0x80; };
  while (size > 0 && size < error.text.size() && continues(size)) --size;
  return error.text.substr(0, size);
}

// Whether the question of `wire` is `question`, case aside.
bool AnswersQuestion(absl::string_view wire, absl::string_view question) {
  if (wire.size() < dns::kHeaderSize + question.size() || GetU16(wire, dns::kQdCountOffset) != 1) return false;
  const absl::string_view theirs = wire.substr(dns::kHeaderSize, question.size());
  const size_t name_size = question.size() - 4;
  return theirs.substr(name_size) == question.substr(name_size) &&
         dns::NamesEqual(theirs.substr(0, name_size), question.substr(0, name_size));
}

// The bits that the frontend owns, with those of a backend that it lets through.
uint16_t HeaderFlags(const QueryEcho& query, uint16_t theirs) {
  uint16_t flags = dns::kQr | (query.flags & (dns::kRd | dns::kCd)) | (query.flags & (0x0f << dns::kOpcodeShift));
  flags |= theirs & ((query.authoritative ? dns::kAa : 0) | dns::kTc | dns::kRcodeMask);
  if (query.recursion_available) flags |= dns::kRa;
  // AD goes to those who can make sense of it (RFC 6840 §5.7, §5.8).
  if (query.dnssec_ok || (query.flags & dns::kAd) != 0) flags |= theirs & dns::kAd;
  return flags;
}

// Appends OPT at `at`; returns its size.
size_t WriteOpt(const QueryEcho& query, uint16_t rcode, const ExtendedErrorView* error, uint16_t our_udp_size,
                char* at) {
  if (!query.has_edns) return 0;
  const absl::string_view text = error == nullptr ? "" : ErrorText(*error);
  const size_t options = error == nullptr ? 0 : 6 + text.size();
  at[0] = 0;
  SetU16(at, 1, dns::rr_type::kOPT);
  SetU16(at, 3, our_udp_size);
  at[5] = static_cast<char>(rcode >> 4);
  at[6] = 0;
  SetU16(at, 7, query.dnssec_ok ? 0x8000 : 0);
  SetU16(at, 9, static_cast<uint16_t>(options));
  if (error != nullptr) {
    SetU16(at, 11, dns::edns_option::kExtendedError);
    SetU16(at, 13, static_cast<uint16_t>(2 + text.size()));
    SetU16(at, 15, error->info_code);
    std::memcpy(at + 17, text.data(), text.size());
  }
  return dns::kOptFixedSize + options;
}

// Header and question only; returns their size.
size_t WriteBare(const QueryEcho& query, uint16_t flags, char* out) {
  std::memset(out, 0, dns::kHeaderSize);
  SetU16(out, 0, query.id);
  SetU16(out, dns::kFlagsOffset, flags);
  if (!query.question.empty()) {
    SetU16(out, dns::kQdCountOffset, 1);
    std::memcpy(out + dns::kHeaderSize, query.question.data(), query.question.size());
  }
  return dns::kHeaderSize + query.question.size();
}

}  // namespace

size_t WriteAnswer(const QueryEcho& query, absl::string_view wire, const ExtendedErrorView* error,
                   uint16_t our_udp_size, char* out) {
  if (!AnswersQuestion(wire, query.question)) return 0;
  const uint16_t flags = HeaderFlags(query, GetU16(wire, dns::kFlagsOffset));
  size_t size = wire.size();
  if (size + OptSize(query) > query.max_size) {
    size = WriteBare(query, flags | dns::kTc, out);
  } else {
    std::memcpy(out, wire.data(), size);
    SetU16(out, 0, query.id);
    SetU16(out, dns::kFlagsOffset, flags);
    std::memcpy(out + dns::kHeaderSize, query.question.data(), query.question.size());
  }
  if (!query.has_edns) return size;
  // An extended error is a courtesy: it goes where it fits (RFC 8914 §3).
  if (error != nullptr && size + dns::kOptFixedSize + 6 + ErrorText(*error).size() > query.max_size) error = nullptr;
  SetU16(out, dns::kArCountOffset,
         static_cast<uint16_t>(GetU16(absl::string_view(out, size), dns::kArCountOffset) + 1));
  return size + WriteOpt(query, 0, error, our_udp_size, out + size);
}

size_t WriteError(const QueryEcho& query, uint16_t rcode, const ExtendedErrorView* error, uint16_t our_udp_size,
                  char* out) {
  const size_t size = WriteBare(query, HeaderFlags(query, rcode & dns::kRcodeMask), out);
  if (!query.has_edns) return size;
  SetU16(out, dns::kArCountOffset, 1);
  return size + WriteOpt(query, rcode, error, our_udp_size, out + size);
}

}  // namespace strata::frontend
