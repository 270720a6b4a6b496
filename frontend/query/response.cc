// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/response.h"

#include <cstring>

#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::frontend {
namespace {

using dns::GetU16;
using dns::SetU16;

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

// Appends OPT to a message of `size` octets and counts it; returns the whole size. An extended error is a courtesy: it
// goes where it fits (RFC 8914 §3).
size_t AppendOpt(const QueryEcho& query, uint16_t rcode, const ExtendedErrorView* error, uint16_t our_udp_size,
                 char* message, size_t size) {
  if (!query.has_edns) return size;
  if (error != nullptr && size + OptSize(query) + SizeOf(*error) > query.max_size) error = nullptr;
  const size_t counts = GetU16(absl::string_view(message, size), dns::kArCountOffset);
  SetU16(message, dns::kArCountOffset, static_cast<uint16_t>(counts + 1));
  char* at = message + size;
  at[0] = 0;
  SetU16(at, 1, dns::rr_type::kOPT);
  SetU16(at, 3, our_udp_size);
  at[5] = static_cast<char>(rcode >> 4);
  at[6] = 0;
  SetU16(at, 7, query.dnssec_ok ? 0x8000 : 0);
  char* const options = at + dns::kOptFixedSize;
  char* end = WriteOptions(query.options, options);
  if (error != nullptr) end = WriteExtendedError(*error, end);
  SetU16(at, 9, static_cast<uint16_t>(end - options));
  return static_cast<size_t>(end - message);
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
  return AppendOpt(query, 0, error, our_udp_size, out, size);
}

size_t WriteError(const QueryEcho& query, uint16_t rcode, const ExtendedErrorView* error, uint16_t our_udp_size,
                  char* out) {
  const size_t size = WriteBare(query, HeaderFlags(query, rcode & dns::kRcodeMask), out);
  QueryEcho own = query;
  own.options.zone_version.reset();  // no zone says this
  return AppendOpt(own, rcode, error, our_udp_size, out, size);
}

size_t WriteOwnAnswer(const QueryEcho& query, absl::string_view answer, uint16_t count, uint16_t our_udp_size,
                      char* out) {
  const uint16_t flags = HeaderFlags(query, 0);
  size_t size = dns::kHeaderSize + query.question.size() + answer.size();
  if (size + OptSize(query) > query.max_size) {
    size = WriteBare(query, flags | dns::kTc, out);
  } else {
    size = WriteBare(query, flags, out);
    std::memcpy(out + size, answer.data(), answer.size());
    SetU16(out, dns::kAnCountOffset, count);
    size += answer.size();
  }
  return AppendOpt(query, 0, nullptr, our_udp_size, out, size);
}

size_t WriteUnknownKey(const QueryEcho& query, const dns::Tsig& tsig, uint16_t our_udp_size, char* out) {
  const size_t size = WriteError(query, dns::rcode::kNotAuth, nullptr, our_udp_size, out);
  if (tsig.key.empty() || size + dns::UnsignedTsigSize(tsig) > query.max_size) return size;
  dns::WriteUnsignedTsig(tsig, dns::tsig_error::kBadKey, out + size);
  const size_t counts = GetU16(absl::string_view(out, size), dns::kArCountOffset);
  SetU16(out, dns::kArCountOffset, static_cast<uint16_t>(counts + 1));
  return size + dns::UnsignedTsigSize(tsig);
}

size_t Shorten(const QueryEcho& query, uint16_t rcode, bool truncate, uint16_t our_udp_size, char* answer) {
  QueryEcho bare = query;
  bare.options = MandatoryOptions(query.options);
  const uint16_t flags = GetU16(absl::string_view(answer, dns::kHeaderSize), dns::kFlagsOffset);
  const size_t size = WriteBare(bare, truncate ? flags | dns::kTc : flags, answer);
  return AppendOpt(bare, rcode, nullptr, our_udp_size, answer, size);
}

}  // namespace strata::frontend
