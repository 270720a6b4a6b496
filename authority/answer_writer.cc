// SPDX-License-Identifier: Apache-2.0
#include "authority/answer_writer.h"

#include "dns/header.h"
#include "dns/name.h"
#include "dns/rdata_schema.h"
#include "dns/rr_type.h"

namespace strata::authority {
namespace {

constexpr uint16_t kMaxPointerTarget = 0x3fff;

}  // namespace

AnswerWriter::AnswerWriter(const dns::LookupName& qname, uint16_t qtype, uint16_t qclass, size_t max_size, char* buffer)
    : writer_(buffer, max_size), qname_(qname.wire()) {
  writer_.WriteU32(0);  // ID and flags
  writer_.WriteU16(1);
  writer_.WriteU16(0);
  writer_.WriteU32(0);
  writer_.WriteName(qname_);
  writer_.WriteU16(qtype);
  writer_.WriteU16(qclass);
  after_question_ = writer_.mark();
}

// `*known_at` is where this owner was written for the RRset's record before, or 0.
void AnswerWriter::WriteOwner(absl::string_view owner, uint16_t* known_at) {
  if (*known_at == 0 && owner == qname_ && owner.size() > 1) *known_at = dns::kHeaderSize;
  if (*known_at != 0) return writer_.WriteNamePointer(*known_at);
  const size_t at = writer_.size();
  writer_.WriteName(owner);
  if (at <= kMaxPointerTarget && owner.size() > 1) *known_at = static_cast<uint16_t>(at);
}

void AnswerWriter::WriteRdata(uint16_t type, absl::string_view rdata) {
  const dns::NameLayout layout = dns::RdataNameLayout(type);
  if (!layout.compress) {
    writer_.WriteU16(static_cast<uint16_t>(rdata.size()));
    writer_.WriteBytes(rdata);
    return;
  }
  const size_t size_at = writer_.size();
  writer_.WriteU16(0);
  writer_.WriteBytes(rdata.substr(0, layout.prefix_size));
  rdata.remove_prefix(std::min<size_t>(layout.prefix_size, rdata.size()));
  for (int i = 0; i < layout.name_count; ++i) {
    const size_t size = dns::WireNameSize(rdata);
    if (size == 0) break;  // a damaged snapshot
    writer_.WriteName(rdata.substr(0, size));
    rdata.remove_prefix(size);
  }
  writer_.WriteBytes(rdata);
  writer_.PatchU16(size_at, static_cast<uint16_t>(writer_.size() - size_at - 2));
}

void AnswerWriter::WriteRRset(absl::string_view owner, uint16_t rr_class, const snapshot::RRsetView& rrset,
                              std::optional<uint32_t> ttl) {
  uint16_t known_at = 0;
  for (snapshot::RdataCursor rdata(rrset); rdata.Next() && writer_.ok();) {
    WriteOwner(owner, &known_at);
    writer_.WriteU16(rrset.type);
    writer_.WriteU16(rr_class);
    writer_.WriteU32(ttl.value_or(rrset.ttl));
    WriteRdata(rrset.type, rdata.value());
    ++counts_[static_cast<int>(section_)];
  }
}

void AnswerWriter::WriteCname(absl::string_view owner, uint16_t rr_class, uint32_t ttl, absl::string_view target) {
  uint16_t known_at = 0;
  WriteOwner(owner, &known_at);
  writer_.WriteU16(dns::rr_type::kCNAME);
  writer_.WriteU16(rr_class);
  writer_.WriteU32(ttl);
  WriteRdata(dns::rr_type::kCNAME, target);
  ++counts_[static_cast<int>(section_)];
}

bool AnswerWriter::TryWriteRRset(absl::string_view owner, uint16_t rr_class, const snapshot::RRsetView& rrset) {
  if (!writer_.ok()) return false;
  const dns::WireWriter::Mark mark = writer_.mark();
  const uint16_t count = counts_[static_cast<int>(section_)];
  WriteRRset(owner, rr_class, rrset);
  if (writer_.ok()) return true;
  writer_.Rollback(mark);
  counts_[static_cast<int>(section_)] = count;
  return false;
}

void AnswerWriter::Finish(uint16_t flags) {
  writer_.PatchU16(dns::kFlagsOffset, flags | dns::kQr);
  writer_.PatchU16(dns::kAnCountOffset, counts_[0]);
  writer_.PatchU16(dns::kNsCountOffset, counts_[1]);
  writer_.PatchU16(dns::kArCountOffset, counts_[2]);
}

void AnswerWriter::Truncate(uint16_t flags) { Fail(flags | dns::kTc); }

void AnswerWriter::Fail(uint16_t flags) {
  writer_.Rollback(after_question_);
  counts_[0] = counts_[1] = counts_[2] = 0;
  Finish(flags);
}

}  // namespace strata::authority
