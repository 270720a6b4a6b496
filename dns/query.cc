// SPDX-License-Identifier: Apache-2.0
#include "dns/query.h"

#include <string>

#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"
#include "dns/wire_reader.h"

namespace strata::dns {
namespace {

constexpr uint32_t kDnssecOkBit = 0x8000;

// Reads an OPT record behind its owner and type; false when a second one or one of a wrong form.
bool ReadOpt(WireReader* reader, bool root_owner, bool additional, Query* query) {
  if (query->has_edns || !root_owner || !additional) return false;
  Edns edns;
  edns.udp_payload_size = reader->ReadU16();
  const uint32_t ttl = reader->ReadU32();
  edns.extended_rcode = static_cast<uint8_t>(ttl >> 24);
  edns.version = static_cast<uint8_t>(ttl >> 16);
  edns.dnssec_ok = (ttl & kDnssecOkBit) != 0;
  edns.options = reader->ReadBytes(reader->ReadU16());
  if (!reader->ok()) return false;
  query->edns = edns;
  query->has_edns = true;
  return true;
}

// Reads a TSIG record behind its type; false when it is malformed or out of place (RFC 8945 §5.1, §5.2).
bool ReadTsig(WireReader* reader, absl::string_view owner, bool last, Query* query) {
  const uint16_t rr_class = reader->ReadU16();
  reader->ReadU32();  // TTL
  query->tsig.key = WireNameSize(owner) == owner.size() ? owner : absl::string_view();
  ReadTsigRdata(reader->ReadU16(), reader, &query->tsig);
  return reader->ok() && last && rr_class == rr_class::kANY;
}

// Whether a record beside the question may have this class (RFC 2931 §3 and RFC 2930 §2 for the others). What other
// opcodes mean by it is theirs.
bool MayHaveClass(uint16_t type, uint16_t rr_class, const Query& query) {
  constexpr uint16_t kSig = 24;
  if (query.question.empty() || rr_class == query.rr_class) return true;
  return rr_class == rr_class::kANY && (type == kSig || type == rr_type::kTKEY);
}

// `last`: of the additional section, which is the message's.
bool ReadRecord(WireReader* reader, bool additional, bool last, Query* query) {
  const size_t owner_at = reader->position();
  std::string unused;  // too short to need memory but for what plain queries don't have
  reader->ReadName(&unused);
  const absl::string_view owner = reader->message().substr(owner_at, reader->position() - owner_at);
  const uint16_t type = reader->ReadU16();
  if (!reader->ok()) return false;
  if (type == rr_type::kOPT) return ReadOpt(reader, /*root_owner=*/owner.size() == 1, additional, query);
  if (type == rr_type::kTSIG) return ReadTsig(reader, owner, last, query);
  // No data has these: RFC 6895 §3.1.
  if (type == 0 || (type >= rr_type::kIXFR && type <= rr_type::kANY)) return false;
  const uint16_t rr_class = reader->ReadU16();
  if (!MayHaveClass(type, rr_class, *query)) return false;
  reader->ReadU32();  // TTL
  const uint16_t size = reader->ReadU16();
  // Other classes have forms of their own, and UPDATE has records without RDATA.
  if (rr_class == rr_class::kIN || (rr_class == rr_class::kANY && !query->question.empty())) {
    ReadRdata(type, size, reader, &unused);
  } else {
    reader->ReadBytes(size);
  }
  return reader->ok();
}

// The sections behind the question.
bool ReadRecords(WireReader* reader, absl::string_view packet, Query* query) {
  const int before = GetU16(packet, kAnCountOffset) + GetU16(packet, kNsCountOffset);
  const int additional = GetU16(packet, kArCountOffset);
  for (int i = 0; i < before; ++i) {
    if (!ReadRecord(reader, /*additional=*/false, /*last=*/false, query)) return false;
  }
  for (int i = 1; i <= additional; ++i) {
    if (!ReadRecord(reader, /*additional=*/true, /*last=*/i == additional, query)) return false;
  }
  return true;
}

bool ReadQuestion(WireReader* reader, absl::string_view packet, Query* query) {
  const size_t name_size = WireNameSize(packet.substr(kHeaderSize));
  if (name_size == 0 || packet.size() - kHeaderSize - name_size < 4) return false;
  query->name.Assign(reader->ReadBytes(name_size));
  query->type = reader->ReadU16();
  query->rr_class = reader->ReadU16();
  query->question = packet.substr(kHeaderSize, name_size + 4);
  return true;
}

bool OptionsAreWellFormed(const Query& query) {
  EdnsOptionCursor option(query.edns.options);
  while (option.Next()) {
  }
  return option.well_formed();
}

// The version comes first: what follows it may have another meaning.
QueryVerdict JudgeEdns(const Query& query) {
  if (!query.has_edns) return QueryVerdict::kAnswer;
  if (query.edns.version != 0) return QueryVerdict::kBadVers;
  return OptionsAreWellFormed(query) ? QueryVerdict::kAnswer : QueryVerdict::kFormErr;
}

// Of an opcode that is not ours, only EDNS is of interest: who sends it is to get it (RFC 6891 §6.1.1).
QueryVerdict ReadOtherOpcode(WireReader* reader, absl::string_view packet, Query* query) {
  for (int i = GetU16(packet, kQdCountOffset); i > 0 && reader->ok(); --i) {
    reader->SkipName();
    reader->ReadU32();
  }
  if (reader->ok() && ReadRecords(reader, packet, query)) {
    const QueryVerdict verdict = JudgeEdns(*query);
    if (verdict == QueryVerdict::kBadVers) return verdict;
    if (verdict == QueryVerdict::kAnswer) return QueryVerdict::kNotImp;
  }
  query->has_edns = false;
  return QueryVerdict::kNotImp;
}

QueryVerdict Read(absl::string_view packet, Query* query) {
  if (packet.size() < kHeaderSize) return QueryVerdict::kDrop;
  query->id = GetU16(packet, 0);
  query->flags = GetU16(packet, kFlagsOffset);
  if ((query->flags & kQr) != 0) return QueryVerdict::kDrop;
  WireReader reader(packet, kHeaderSize);
  if (query->opcode() != opcode::kQuery) return ReadOtherOpcode(&reader, packet, query);
  const uint16_t questions = GetU16(packet, kQdCountOffset);
  if (questions > 1) return QueryVerdict::kFormErr;
  if (questions == 1 && !ReadQuestion(&reader, packet, query)) return QueryVerdict::kFormErr;
  if (!ReadRecords(&reader, packet, query)) return QueryVerdict::kFormErr;
  const QueryVerdict verdict = JudgeEdns(*query);
  if (verdict != QueryVerdict::kAnswer) return verdict;
  if (questions == 0) return QueryVerdict::kNoQuestion;
  return query->tsig.algorithm.empty() ? QueryVerdict::kAnswer : QueryVerdict::kUnknownKey;
}

}  // namespace

QueryVerdict ParseQuery(absl::string_view packet, Query* query) {
  // Nothing of the packet before may show through.
  query->id = 0;
  query->flags = 0;
  query->type = 0;
  query->rr_class = 0;
  query->question = {};
  query->has_edns = false;
  query->edns = Edns();
  query->tsig = Tsig();
  const QueryVerdict verdict = Read(packet, query);
  if (query->question.empty()) query->name.Assign(absl::string_view("\0", 1));
  if (verdict == QueryVerdict::kFormErr) query->has_edns = false;
  if (!query->has_edns) query->edns = Edns();
  return verdict;
}

}  // namespace strata::dns
