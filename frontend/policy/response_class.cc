// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/response_class.h"

#include <cstddef>
#include <optional>

#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/wire_reader.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace strata::frontend {
namespace {

using dns::WireReader;

constexpr uint8_t kPointer = 0xc0;

// A name without compression and in lower case.
class FoldedName {
 public:
  // The name at `position`. Pointers lead backwards only (RFC 1035 §4.1.4). False: there is none.
  bool Read(absl::string_view message, size_t position, bool may_be_compressed);

  // In the message, pointers not followed. REQUIRES: Read() was true and met no pointer.
  size_t size() const { return size_; }
  uint64_t Hash(uint16_t seed = 0) const { return XXH3_64bits_withSeed(octets_, size_, seed); }

 private:
  char octets_[dns::kMaxNameSize];
  size_t size_ = 0;
};

bool FoldedName::Read(absl::string_view message, size_t position, bool may_be_compressed) {
  size_ = 0;
  size_t start = position;  // of the part that is being read
  while (position < message.size()) {
    const auto length = static_cast<uint8_t>(message[position]);
    if (length >= kPointer) {
      if (!may_be_compressed || position + 2 > message.size()) return false;
      const size_t target = dns::GetU16(message, position) & 0x3fff;
      if (target >= start) return false;
      start = position = target;
      continue;
    }
    const size_t label_size = size_t{1} + length;
    if (length > dns::kMaxLabelSize || label_size > message.size() - position || label_size > sizeof octets_ - size_) {
      return false;
    }
    for (size_t i = 0; i < label_size; ++i) octets_[size_ + i] = dns::ToLowerAscii(message[position + i]);
    size_ += label_size;
    position += label_size;
    if (length == 0) return true;
  }
  return false;
}

struct Record {
  size_t owner = 0;  // its position
  uint16_t type = 0;
  uint32_t ttl = 0;
};

std::optional<Record> NextRecord(WireReader* reader) {
  Record record;
  record.owner = reader->position();
  reader->SkipName();
  record.type = reader->ReadU16();
  reader->ReadU16();
  record.ttl = reader->ReadU32();
  reader->ReadBytes(reader->ReadU16());
  if (!reader->ok()) return std::nullopt;
  return record;
}

ResponseIdentity OwnedBy(ResponseClass response_class, absl::string_view message, const Record& record) {
  FoldedName owner;
  if (!owner.Read(message, record.owner, /*may_be_compressed=*/true)) return {};
  return {response_class, owner.Hash()};
}

// Whether an OPT record makes the rcode another one (RFC 6891 §6.1.3).
bool HasExtendedRcode(WireReader reader, uint16_t additional_count) {
  for (uint16_t i = 0; i < additional_count; ++i) {
    const std::optional<Record> record = NextRecord(&reader);
    if (!record) return false;
    if (record->type == dns::rr_type::kOPT) return record->ttl >> 24 != 0;
  }
  return false;
}

// Of a response without an answer, the reader standing behind the question. An answer section there may be all the
// same: the aliases that lead to a name which does not exist (RFC 6604 §3).
ResponseIdentity ClassifyNegative(absl::string_view message, bool is_nxdomain, WireReader reader) {
  const ResponseClass negative = is_nxdomain ? ResponseClass::kNxDomain : ResponseClass::kNoData;
  for (uint16_t i = dns::GetU16(message, dns::kAnCountOffset); i > 0; --i) {
    if (!NextRecord(&reader)) return {};
  }
  std::optional<Record> delegation;
  for (uint16_t i = dns::GetU16(message, dns::kNsCountOffset); i > 0; --i) {
    const std::optional<Record> record = NextRecord(&reader);
    if (!record) return {};
    if (record->type == dns::rr_type::kSOA) return OwnedBy(negative, message, *record);
    if (record->type == dns::rr_type::kNS && !delegation) delegation = record;
  }
  if (delegation && !is_nxdomain) return OwnedBy(ResponseClass::kReferral, message, *delegation);
  if (HasExtendedRcode(reader, dns::GetU16(message, dns::kArCountOffset))) return {};
  return {negative, 0};
}

}  // namespace

absl::string_view ResponseClassName(ResponseClass response_class) {
  switch (response_class) {
    case ResponseClass::kAnswer:
      return "answer";
    case ResponseClass::kNoData:
      return "nodata";
    case ResponseClass::kNxDomain:
      return "nxdomain";
    case ResponseClass::kReferral:
      return "referral";
    case ResponseClass::kError:
      return "error";
  }
  return "error";
}

ResponseIdentity ClassifyResponse(absl::string_view message) {
  if (message.size() < dns::kHeaderSize) return {};
  const uint16_t flags = dns::GetU16(message, dns::kFlagsOffset);
  const uint16_t rcode = flags & dns::kRcodeMask;
  if (rcode != dns::rcode::kNoError && rcode != dns::rcode::kNXDomain) return {};
  FoldedName name;
  if (dns::GetU16(message, dns::kQdCountOffset) != 1 ||
      !name.Read(message, dns::kHeaderSize, /*may_be_compressed=*/false)) {
    return {};
  }
  WireReader reader(message, dns::kHeaderSize + name.size());
  const uint16_t type = reader.ReadU16();
  reader.ReadU16();
  if (!reader.ok()) return {};
  const bool is_answer = dns::GetU16(message, dns::kAnCountOffset) > 0 || (flags & dns::kTc) != 0;
  if (rcode == dns::rcode::kNoError && is_answer) return {ResponseClass::kAnswer, name.Hash(type)};
  return ClassifyNegative(message, rcode == dns::rcode::kNXDomain, reader);
}

}  // namespace strata::frontend
