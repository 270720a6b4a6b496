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
  query->has_edns = true;
  query->edns.udp_payload_size = reader->ReadU16();
  const uint32_t ttl = reader->ReadU32();
  query->edns.extended_rcode = static_cast<uint8_t>(ttl >> 24);
  query->edns.version = static_cast<uint8_t>(ttl >> 16);
  query->edns.dnssec_ok = (ttl & kDnssecOkBit) != 0;
  query->edns.options = reader->ReadBytes(reader->ReadU16());
  return reader->ok();
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

}  // namespace

QueryVerdict ParseQuery(absl::string_view packet, Query* query) {
  query->has_edns = false;
  query->edns = Edns();
  query->question = {};
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

}  // namespace strata::dns
