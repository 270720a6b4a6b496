// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/reply_records.h"

#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"

namespace strata::recursor {
namespace {

constexpr uint32_t kMaxTtl = 0x7fffffff;

}  // namespace

bool ReplyRecords::Parse(absl::string_view message) {
  records_.clear();
  octets_.clear();
  answer_count_ = 0;
  has_opt_ = false;
  extended_rcode_ = 0;
  edns_options_ = {};
  dns::WireReader reader(message, dns::kHeaderSize);
  for (int i = dns::GetU16(message, dns::kQdCountOffset); i > 0 && reader.ok(); --i) {
    reader.SkipName();
    reader.ReadU32();
  }
  for (int i = dns::GetU16(message, dns::kAnCountOffset); i > 0; --i) {
    if (!ParseRecord(true, false, &reader)) return false;
  }
  answer_count_ = records_.size();
  for (int i = dns::GetU16(message, dns::kNsCountOffset); i > 0; --i) {
    if (!ParseRecord(true, false, &reader)) return false;
  }
  for (int i = dns::GetU16(message, dns::kArCountOffset); i > 0; --i) {
    if (!ParseRecord(false, true, &reader)) return false;
  }
  return reader.ok() && reader.AtEnd();
}

bool ReplyRecords::ParseRecord(bool keep, bool opt_allowed, dns::WireReader* reader) {
  ReplyRecord record;
  record.owner_at = static_cast<uint32_t>(octets_.size());
  reader->ReadName(&octets_);
  record.owner_size = static_cast<uint32_t>(octets_.size() - record.owner_at);
  record.type = reader->ReadU16();
  if (record.type == dns::rr_type::kOPT) {
    if (!opt_allowed || has_opt_ || record.owner_size != 1) return false;
    octets_.resize(record.owner_at);
    return ParseOpt(reader);
  }
  record.rr_class = reader->ReadU16();
  record.ttl = reader->ReadU32();
  if (record.ttl > kMaxTtl) record.ttl = 0;  // RFC 2181 §8
  const size_t size = reader->ReadU16();
  record.rdata_at = static_cast<uint32_t>(octets_.size());
  if (!reader->ok() || size > reader->remaining()) return false;
  const size_t end = reader->position() + size;
  dns::ReadRdata(record.type, size, reader, &octets_);
  if (!reader->ok() || reader->position() != end) return false;
  record.rdata_size = static_cast<uint32_t>(octets_.size() - record.rdata_at);
  if (keep) {
    records_.push_back(record);
  } else {
    octets_.resize(record.owner_at);
  }
  return true;
}

bool ReplyRecords::ParseOpt(dns::WireReader* reader) {
  has_opt_ = true;
  reader->ReadU16();  // the server's UDP size
  extended_rcode_ = reader->ReadU8();
  reader->ReadU8();  // version: whatever it is, the reply is one to version 0 (RFC 6891 §6.1.3)
  reader->ReadU16();
  edns_options_ = reader->ReadBytes(reader->ReadU16());
  dns::EdnsOptionCursor option(edns_options_);
  while (option.Next()) continue;
  return reader->ok() && option.well_formed();
}

}  // namespace strata::recursor
