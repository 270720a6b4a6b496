// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_policy.h"

#include <algorithm>

#include "cache/alias_chain.h"
#include "dns/big_endian.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rdata_schema.h"
#include "dns/rr_type.h"
#include "dns/wire_reader.h"

namespace strata::cache {
namespace {

namespace rr_type = dns::rr_type;
namespace rr_class = dns::rr_class;

constexpr uint32_t kMaxTtl = 0x7fffffff;
constexpr size_t kTtlSize = 4, kSoaMinimumSize = 4;
// How often the owner may change from one record of the answer section to the next: bounds the names to compare.
constexpr size_t kMaxOwnerChanges = 64;

// One pass over a message, and a second one over the owners of its answer section.
class Reading {
 public:
  Reading(const TtlLimits& limits, absl::string_view message, Assessment* assessment)
      : limits_(limits), assessment_(*assessment), reader_(message, dns::kHeaderSize), chain_(assessment->name) {
    reader_.ReadBytes(assessment->name.size() + 4);
  }

  // Whether the message may be remembered, with its lifetime and TTLs in the assessment.
  bool Read();

 private:
  struct AnswerRecord {
    size_t owner_at = 0;
    uint16_t type = 0;
  };
  struct Record {
    uint16_t type = 0;
    uint32_t ttl = 0;
  };

  bool ReadAnswers();
  bool ReadAuthority();
  bool ReadAdditional();
  // Leaves owner and RDATA in owner_ and rdata_.
  bool ReadRecord(Record* record);
  bool RdataPointersAreSound(uint16_t type, size_t at) const;
  bool PointersAreSound(size_t name_at) const;
  bool MayPointTo(size_t target) const;
  bool TouchesTtl(size_t begin, size_t end) const;
  bool OwnersAreOnChain();
  bool AnswerIs(const AnswerRecord& record, bool at_end);
  bool FindLifetime();

  uint16_t Count(size_t offset) const { return dns::GetU16(reader_.message(), offset); }
  // Aliases answer such questions themselves.
  bool AsksForAliases() const { return assessment_.type == rr_type::kCNAME || assessment_.type == rr_type::kANY; }

  const TtlLimits limits_;
  Assessment& assessment_;
  dns::WireReader reader_;
  AliasChain chain_;
  std::string owner_, rdata_;
  absl::InlinedVector<AnswerRecord, 16> answers_;
  bool has_data_ = false;
  // The owners and limits of the authority section's SOA records, and which TTLs are that section's.
  absl::InlinedVector<std::string, 1> soa_owners_;
  uint32_t soa_ttl_ = kMaxTtl;
  size_t authority_begin_ = 0, authority_end_ = 0;
};

bool Reading::TouchesTtl(size_t begin, size_t end) const {
  const auto& ttls = assessment_.ttls;
  const auto next = std::partition_point(ttls.begin(), ttls.end(),
                                         [begin](const TtlField& ttl) { return ttl.offset + kTtlSize <= begin; });
  return next != ttls.end() && next->offset < end;
}

// In the question, to its labels only.
bool Reading::MayPointTo(size_t target) const {
  size_t label = dns::kHeaderSize;
  if (target >= label + assessment_.name.size()) return true;
  while (label < target) label += static_cast<uint8_t>(reader_.message()[label]) + 1u;
  return label == target;
}

// Whether a name, which was read before, leads through octets that stay as they are: not through the header or TTLs.
bool Reading::PointersAreSound(size_t name_at) const {
  const absl::string_view message = reader_.message();
  bool jumped = false;
  for (size_t at = name_at;;) {
    const auto size = static_cast<uint8_t>(message[at]);
    if (size > dns::kMaxLabelSize) {
      at = dns::GetU16(message, at) & 0x3fff;
      if (!MayPointTo(at)) return false;
      jumped = true;
      continue;
    }
    if (jumped && TouchesTtl(at, at + size + 1)) return false;
    if (size == 0) return true;
    at += size + 1u;
  }
}

bool Reading::RdataPointersAreSound(uint16_t type, size_t at) const {
  const dns::RdataSchema* const schema = dns::FindRdataSchema(type);
  if (schema == nullptr || schema->names < dns::NameRule::kDecompress) return true;
  dns::WireReader fields(reader_.message(), at);
  for (const dns::RdataField& field : schema->fields) {
    if (field.kind == dns::FieldKind::kNone) break;
    if (field.kind == dns::FieldKind::kName) {
      if (!PointersAreSound(fields.position())) return false;
      fields.SkipName();
    } else if (field.kind == dns::FieldKind::kString) {
      fields.ReadBytes(fields.ReadU8());
    } else {
      fields.ReadBytes(dns::FixedFieldSize(field.kind));
    }
  }
  return true;
}

bool Reading::ReadRecord(Record* record) {
  owner_.clear();
  const size_t owner_at = reader_.position();
  reader_.ReadName(&owner_);
  record->type = reader_.ReadU16();
  const uint16_t record_class = reader_.ReadU16();
  const size_t ttl_at = reader_.position();
  const uint32_t ttl = reader_.ReadU32();
  const size_t size = reader_.ReadU16();
  if (!reader_.ok() || dns::IsMetaType(record->type) || record_class != assessment_.rr_class) return false;
  rdata_.clear();
  const size_t rdata_at = reader_.position();
  dns::ReadRdata(record->type, size, &reader_, &rdata_);
  if (!reader_.ok() || reader_.position() != rdata_at + size) return false;
  if (!PointersAreSound(owner_at) || !RdataPointersAreSound(record->type, rdata_at)) return false;
  record->ttl = ttl > kMaxTtl ? 0 : std::min(ttl, limits_.max_ttl);
  assessment_.ttls.push_back({static_cast<uint16_t>(ttl_at), record->ttl});
  return record->ttl != 0;
}

bool Reading::ReadAnswers() {
  for (int left = Count(dns::kAnCountOffset); left > 0; --left) {
    const size_t owner_at = reader_.position();
    Record record;
    if (!ReadRecord(&record)) return false;
    answers_.push_back({owner_at, record.type});
    if (record.type == rr_type::kCNAME && !AsksForAliases()) chain_.AddCname(owner_, rdata_);
    if (record.type == rr_type::kDNAME) chain_.AddDname(owner_, rdata_);
  }
  if (!AsksForAliases()) return chain_.Follow();
  chain_.Stay();
  return true;
}

bool Reading::ReadAuthority() {
  authority_begin_ = assessment_.ttls.size();
  for (int left = Count(dns::kNsCountOffset); left > 0; --left) {
    Record record;
    if (!ReadRecord(&record)) return false;
    if (record.type != rr_type::kSOA) continue;
    if (!soa_owners_.empty()) return false;  // two zones' or two versions
    soa_owners_.push_back(owner_);
    const uint32_t minimum = dns::ReadU32(absl::string_view(rdata_).substr(rdata_.size() - kSoaMinimumSize));
    soa_ttl_ = std::min(record.ttl, minimum > kMaxTtl ? 0 : minimum);
  }
  authority_end_ = assessment_.ttls.size();
  return true;
}

bool Reading::ReadAdditional() {
  for (int left = Count(dns::kArCountOffset); left > 0; --left) {
    Record record;
    if (!ReadRecord(&record)) return false;
  }
  return reader_.AtEnd();
}

// Whether a record of that type, its owner on the chain, belongs into the answer.
bool Reading::AnswerIs(const AnswerRecord& record, bool at_end) {
  if (record.type == assessment_.type || assessment_.type == rr_type::kANY) {
    has_data_ = has_data_ || at_end;
    return at_end || record.type == rr_type::kDNAME || record.type == rr_type::kRRSIG;
  }
  return record.type == rr_type::kRRSIG || record.type == rr_type::kDNAME ||
         (record.type == rr_type::kCNAME && !AsksForAliases());
}

bool Reading::OwnersAreOnChain() {
  const absl::string_view message = reader_.message();
  size_t changes = 0;
  absl::string_view last_owner;  // as it is in the message, mostly a pointer
  bool at_end = false;
  for (const AnswerRecord& record : answers_) {
    dns::WireReader owner_reader(message, record.owner_at);
    owner_reader.SkipName();
    const absl::string_view owner = message.substr(record.owner_at, owner_reader.position() - record.owner_at);
    if (owner != last_owner) {
      if (++changes > kMaxOwnerChanges) return false;
      owner_.clear();
      dns::WireReader(message, record.owner_at).ReadName(&owner_);
      if (!chain_.Holds(owner_)) return false;
      at_end = dns::NamesEqual(owner_, chain_.end());
      last_owner = owner;
    }
    if (!AnswerIs(record, at_end)) return false;
  }
  return true;
}

bool Reading::FindLifetime() {
  const bool nxdomain = assessment_.rcode == dns::rcode::kNXDomain;
  if (has_data_ && nxdomain) return false;  // it cannot be both
  if (!has_data_) {
    // RFC 2308 §5: without the SOA of its zone, nobody said how long this holds.
    if (soa_owners_.empty() ||
        !dns::Name::FromWire(chain_.end())->IsSubdomainOf(*dns::Name::FromWire(soa_owners_[0]))) {
      return false;
    }
    const uint32_t most = std::min(soa_ttl_, limits_.max_negative_ttl);
    for (size_t i = authority_begin_; i < authority_end_; ++i) {
      assessment_.ttls[i].seconds = std::min(assessment_.ttls[i].seconds, most);
    }
  }
  uint32_t lifetime = kMaxTtl;
  for (const TtlField& ttl : assessment_.ttls) lifetime = std::min(lifetime, ttl.seconds);
  assessment_.lifetime_seconds = lifetime;
  return lifetime > 0;
}

bool Reading::Read() {
  return ReadAnswers() && ReadAuthority() && ReadAdditional() && OwnersAreOnChain() && FindLifetime();
}

// Whether there is a question whose answers are worth a thought: not those about transfers, nor those of UPDATE.
bool MayBeRemembered(uint16_t type, uint16_t question_class) {
  return (type == rr_type::kANY || !dns::IsMetaType(type)) && question_class != rr_class::kANY &&
         question_class != rr_class::kNONE;
}

}  // namespace

bool IsFailure(uint16_t rcode) { return rcode != dns::rcode::kNoError && rcode != dns::rcode::kNXDomain; }

std::optional<Assessment> Assess(absl::string_view message, const TtlLimits& limits) {
  if (message.size() < dns::kHeaderSize || message.size() > dns::kMaxMessageSize) return std::nullopt;
  if (dns::GetU16(message, dns::kQdCountOffset) != 1) return std::nullopt;
  Assessment assessment;
  const size_t name_size = dns::WireNameSize(message.substr(dns::kHeaderSize));
  const size_t behind_name = dns::kHeaderSize + name_size;
  if (name_size == 0 || message.size() < behind_name + 4) return std::nullopt;
  assessment.name = message.substr(dns::kHeaderSize, name_size);
  assessment.type = dns::GetU16(message, behind_name);
  assessment.rr_class = dns::GetU16(message, behind_name + 2);

  const uint16_t flags = dns::GetU16(message, dns::kFlagsOffset);
  assessment.rcode = flags & dns::kRcodeMask;
  if ((flags & dns::kQr) == 0 || (flags & dns::kTc) != 0 || dns::OpcodeOf(flags) != dns::opcode::kQuery) {
    return assessment;
  }
  if (IsFailure(assessment.rcode)) {
    assessment.kind = Assessment::Kind::kFailure;
  } else if (MayBeRemembered(assessment.type, assessment.rr_class) && Reading(limits, message, &assessment).Read()) {
    assessment.kind = Assessment::Kind::kRemember;
  }
  return assessment;
}

void MakeServable(const Assessment& assessment, std::string* message) {
  char* const wire = message->data();
  dns::SetU16(wire, 0, 0);
  dns::SetU16(wire, dns::kFlagsOffset, static_cast<uint16_t>(dns::GetU16(*message, dns::kFlagsOffset) & ~dns::kAa));
  char* const name = wire + dns::kHeaderSize;
  std::transform(name, name + assessment.name.size(), name, [](char c) { return dns::ToLowerAscii(c); });
  if (assessment.kind != Assessment::Kind::kRemember) return;
  for (const TtlField& ttl : assessment.ttls) {
    dns::SetU16(wire, ttl.offset, static_cast<uint16_t>(ttl.seconds >> 16));
    dns::SetU16(wire, ttl.offset + 2u, static_cast<uint16_t>(ttl.seconds));
  }
}

}  // namespace strata::cache
