// SPDX-License-Identifier: Apache-2.0
#include "dns/query.h"

#include "dns/name.h"
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

bool ReadRecords(WireReader* reader, int count, bool additional, Query* query) {
  for (int i = 0; i < count; ++i) {
    const size_t owner_at = reader->position();
    reader->SkipName();
    const bool root_owner = reader->position() == owner_at + 1;
    const uint16_t type = reader->ReadU16();
    if (!reader->ok()) return false;
    if (type == rr_type::kOPT) {
      if (!ReadOpt(reader, root_owner, additional, query)) return false;
      continue;
    }
    reader->ReadBytes(6);  // class and TTL
    reader->ReadBytes(reader->ReadU16());
  }
  return reader->ok();
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

QueryVerdict Read(absl::string_view packet, Query* query) {
  if (packet.size() < kHeaderSize) return QueryVerdict::kDrop;
  query->id = GetU16(packet, 0);
  query->flags = GetU16(packet, kFlagsOffset);
  if ((query->flags & kQr) != 0) return QueryVerdict::kDrop;
  if (query->opcode() != opcode::kQuery) return QueryVerdict::kNotImp;
  if (GetU16(packet, kQdCountOffset) != 1) return QueryVerdict::kFormErr;

  WireReader reader(packet, kHeaderSize);
  if (!ReadQuestion(&reader, packet, query)) return QueryVerdict::kFormErr;
  const int before = GetU16(packet, kAnCountOffset) + GetU16(packet, kNsCountOffset);
  if (!ReadRecords(&reader, before, /*additional=*/false, query)) return QueryVerdict::kFormErr;
  if (!ReadRecords(&reader, GetU16(packet, kArCountOffset), /*additional=*/true, query)) return QueryVerdict::kFormErr;
  if (!reader.AtEnd()) return QueryVerdict::kFormErr;
  if (query->has_edns) {
    // The version comes first: what follows it may have another meaning.
    if (query->edns.version != 0) return QueryVerdict::kBadVers;
    if (!OptionsAreWellFormed(*query)) return QueryVerdict::kFormErr;
  }
  return QueryVerdict::kAnswer;
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
  const QueryVerdict verdict = Read(packet, query);
  if (query->question.empty()) query->name.Assign(absl::string_view("\0", 1));
  return verdict;
}

}  // namespace strata::dns
