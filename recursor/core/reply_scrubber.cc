// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/reply_scrubber.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "dns/big_endian.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/record_writer.h"
#include "dns/rr_type.h"

namespace strata::recursor {
namespace {

using dns::rr_type::kANY, dns::rr_type::kCNAME, dns::rr_type::kDNAME, dns::rr_type::kNS, dns::rr_type::kNSEC,
    dns::rr_type::kNSEC3, dns::rr_type::kRRSIG, dns::rr_type::kSOA;

bool IsIn(const ReplyRecord& record) { return record.rr_class == dns::rr_class::kIN; }

// Valid RDATA of RRSIG begins with it (RFC 4034 §3.1).
uint16_t CoveredType(absl::string_view rrsig) { return dns::ReadU16(rrsig); }

// Names are valid and in wire form. Zero octets are the name itself.
std::optional<size_t> PrefixAbove(absl::string_view name, absl::string_view ancestor) {
  size_t prefix = 0;
  while (name.size() - prefix > ancestor.size()) prefix += static_cast<uint8_t>(name[prefix]) + 1u;
  if (name.size() - prefix != ancestor.size() || !dns::NamesEqual(name.substr(prefix), ancestor)) return std::nullopt;
  return prefix;
}

bool IsAnswerRcode(uint16_t rcode) {
  return rcode == dns::rcode::kNoError || rcode == dns::rcode::kNXDomain || rcode == dns::rcode::kYXDomain;
}

}  // namespace

ReplyScrubber::ReplyScrubber() : buffer_(std::make_unique<char[]>(dns::kMaxMessageSize)) {}

ScrubbedReply ReplyScrubber::Scrub(const QuestionView& question, absl::string_view message) {
  ScrubbedReply reply;
  question_ = question;
  if (!Copy(question, message)) return reply;
  const uint16_t flags = dns::GetU16(message_, dns::kFlagsOffset);
  if ((flags & dns::kTc) != 0) {
    reply.verdict = ReplyVerdict::kTruncated;
    return reply;
  }
  const bool well_formed = records_.Parse(message_);
  reply.rcode = static_cast<uint16_t>((flags & dns::kRcodeMask) | records_.extended_rcode() << 4);
  if (!IsAnswerRcode(reply.rcode)) {
    const bool of_edns = reply.rcode == dns::rcode::kFormErr || reply.rcode == dns::rcode::kNotImp;
    const bool no_edns = (of_edns && !records_.has_opt()) || reply.rcode == dns::rcode::kBadVers;
    reply.verdict = no_edns ? ReplyVerdict::kNoEdns : ReplyVerdict::kFailure;
    if (well_formed) ReadExtendedError(&reply);
    return reply;
  }
  if (!well_formed) return reply;

  dns::WireWriter writer(buffer_.get(), dns::kMaxMessageSize);
  WriteHead(reply.rcode, &writer);
  const Chain chain = WriteChain(reply.rcode, &writer);
  writer.PatchU16(dns::kAnCountOffset, written_);
  if (chain == Chain::kBroken) return reply;
  // The rcode is about the last name (RFC 6604 §3).
  if (chain == Chain::kPositive && reply.rcode != dns::rcode::kNoError) return reply;
  const bool negative = chain == Chain::kNegative;
  if (negative && reply.rcode == dns::rcode::kNoError && IsReferral()) return reply;
  WriteAuthority(negative, &writer);
  if (!writer.ok()) return reply;  // decompressed, it is too large
  writer.PatchU16(dns::kNsCountOffset, written_);
  reply.verdict = ReplyVerdict::kAnswer;
  reply.wire = writer.message();
  ReadExtendedError(&reply);
  return reply;
}

// In lower case the question gives lower-case names wherever a pointer leads into it.
bool ReplyScrubber::Copy(const QuestionView& question, absl::string_view message) {
  const size_t question_size = question.name.size() + 4;
  if (message.size() < dns::kHeaderSize) return false;
  message_.assign(message.data(), message.size());
  // Whoever says that something is wrong with the query may leave the question out.
  if (dns::GetU16(message, dns::kQdCountOffset) == 0) return !IsAnswerRcode(message[3] & dns::kRcodeMask);
  if (dns::GetU16(message, dns::kQdCountOffset) != 1 || message.size() < dns::kHeaderSize + question_size) return false;
  const absl::string_view asked = message.substr(dns::kHeaderSize, question_size);
  if (!dns::NamesEqual(asked.substr(0, question.name.size()), question.name)) return false;
  if (dns::ReadU16(asked.substr(question.name.size())) != question.type ||
      dns::ReadU16(asked.substr(question.name.size() + 2)) != question.rr_class) {
    return false;
  }
  std::copy(question.name.begin(), question.name.end(), message_.begin() + dns::kHeaderSize);
  return true;
}

void ReplyScrubber::ReadExtendedError(ScrubbedReply* reply) const {
  dns::EdnsOptionCursor option(records_.edns_options());
  while (option.Next()) {
    if (option.code() != dns::edns_option::kExtendedError || option.value().size() < 2) continue;
    reply->has_extended_error = true;
    reply->extended_error = dns::ReadU16(option.value());
    absl::string_view text = option.value().substr(2);
    while (!text.empty() && text.back() == '\0') text.remove_suffix(1);  // RFC 8914 §2: may be terminated
    const bool printable =
        std::none_of(text.begin(), text.end(), [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7f; });
    if (printable && base::FindInvalidUtf8(text) == absl::string_view::npos) reply->extended_error_text = text;
    return;  // the first one; more are for the curious
  }
}

void ReplyScrubber::WriteHead(uint16_t rcode, dns::WireWriter* writer) {
  writer->WriteU16(0);
  writer->WriteU16(
      static_cast<uint16_t>(dns::kQr | dns::kRd | dns::kRa | (question_.checking_disabled ? dns::kCd : 0) | rcode));
  writer->WriteU16(1);
  writer->WriteU16(0);
  writer->WriteU32(0);
  writer->WriteName(question_.name);
  writer->WriteU16(question_.type);
  writer->WriteU16(question_.rr_class);
}

ReplyScrubber::Chain ReplyScrubber::WriteChain(uint16_t rcode, dns::WireWriter* writer) {
  written_ = 0;
  dnames_.clear();
  current_.assign(question_.name.data(), question_.name.size());
  const bool alias_is_answer = question_.type == kCNAME || question_.type == kANY;
  for (int i = 0; i <= kMaxReplyAliases; ++i) {
    if (!alias_is_answer && FindAnswer(current_, question_.type) != nullptr) {
      WriteSet(current_, question_.type, writer);
      return Chain::kPositive;
    }
    bool broken = false;
    if (FollowDname(writer, &broken)) {
      // RFC 6672 §2.2: the name would be too long.
      if (broken) return rcode == dns::rcode::kYXDomain ? Chain::kNegative : Chain::kBroken;
      if (alias_is_answer) return Chain::kPositive;
      continue;
    }
    if (question_.type == kANY) {
      const uint16_t before = written_;
      WriteSet(current_, kANY, writer);
      return written_ > before ? Chain::kPositive : Chain::kNegative;
    }
    if (!FollowCname(writer)) return Chain::kNegative;
    if (alias_is_answer) return Chain::kPositive;
  }
  return Chain::kBroken;
}

const ReplyRecord* ReplyScrubber::FindAnswer(absl::string_view owner, uint16_t type) const {
  for (const ReplyRecord& record : records_.answer()) {
    if (record.type == type && IsIn(record) && dns::NamesEqual(records_.owner(record), owner)) return &record;
  }
  return nullptr;
}

const ReplyRecord* ReplyScrubber::FindDname() const {
  for (const ReplyRecord& record : records_.answer()) {
    if (record.type != kDNAME || !IsIn(record)) continue;
    if (PrefixAbove(current_, records_.owner(record)).value_or(0) > 0) return &record;
  }
  return nullptr;
}

bool ReplyScrubber::FollowDname(dns::WireWriter* writer, bool* broken) {
  const ReplyRecord* const dname = FindDname();
  if (dname == nullptr) return false;
  const absl::string_view owner = records_.owner(*dname);
  const absl::string_view suffix = records_.rdata(*dname);
  const size_t prefix = current_.size() - owner.size();
  if (std::find(dnames_.begin(), dnames_.end(), dname) == dnames_.end()) {  // a chain may pass it twice
    dnames_.push_back(dname);
    WriteSet(owner, kDNAME, writer);
  }
  if (prefix + suffix.size() > dns::kMaxNameSize) {
    *broken = true;
    return true;
  }
  target_.assign(current_, 0, prefix);
  target_.append(suffix.data(), suffix.size());
  const ReplyRecord* const cname = FindAnswer(current_, kCNAME);
  ReplyRecord made = *dname;
  made.type = kCNAME;
  if (cname != nullptr && dns::NamesEqual(records_.rdata(*cname), target_)) made.ttl = cname->ttl;
  writer->WriteName(current_);
  writer->WriteU16(kCNAME);
  writer->WriteU16(made.rr_class);
  writer->WriteU32(made.ttl);
  dns::WriteRdata(kCNAME, target_, writer);
  ++written_;
  current_.swap(target_);
  return true;
}

// Of several, which there must not be, the first (RFC 2181 §10.1).
bool ReplyScrubber::FollowCname(dns::WireWriter* writer) {
  const ReplyRecord* const cname = FindAnswer(current_, kCNAME);
  if (cname == nullptr) return false;
  Write(current_, *cname, writer);
  if (question_.dnssec_ok) {
    for (const ReplyRecord& record : records_.answer()) {
      if (record.type == kRRSIG && IsIn(record) && CoveredType(records_.rdata(record)) == kCNAME &&
          dns::NamesEqual(records_.owner(record), current_)) {
        Write(current_, record, writer);
      }
    }
  }
  const absl::string_view target = records_.rdata(*cname);
  current_.assign(target.data(), target.size());
  return true;
}

void ReplyScrubber::WriteSet(absl::string_view owner, uint16_t type, dns::WireWriter* writer) {
  const auto at_owner = [&](const ReplyRecord& record) {
    return IsIn(record) && dns::NamesEqual(records_.owner(record), owner);
  };
  for (const ReplyRecord& record : records_.answer()) {
    if ((record.type == type || type == kANY) && at_owner(record)) Write(owner, record, writer);
  }
  if (!question_.dnssec_ok || type == kANY || type == kRRSIG) return;
  for (const ReplyRecord& record : records_.answer()) {
    if (record.type == kRRSIG && CoveredType(records_.rdata(record)) == type && at_owner(record)) {
      Write(owner, record, writer);
    }
  }
}

const ReplyRecord* ReplyScrubber::FindSoa() const {
  for (const ReplyRecord& record : records_.authority()) {
    if (record.type == kSOA && IsIn(record) && PrefixAbove(current_, records_.owner(record))) return &record;
  }
  return nullptr;
}

bool ReplyScrubber::IsReferral() const {
  const absl::Span<const ReplyRecord> authority = records_.authority();
  const auto has = [authority](uint16_t type) {
    return std::any_of(authority.begin(), authority.end(),
                       [type](const ReplyRecord& record) { return record.type == type; });
  };
  return has(kNS) && !has(kSOA);
}

void ReplyScrubber::WriteAuthority(bool negative, dns::WireWriter* writer) {
  written_ = 0;
  const ReplyRecord* const soa = negative ? FindSoa() : nullptr;
  if (soa == nullptr && !question_.dnssec_ok) return;
  for (const ReplyRecord& record : records_.authority()) {
    if (!IsIn(record)) continue;
    const absl::string_view owner = records_.owner(record);
    const bool is_rrsig = record.type == kRRSIG;
    if (is_rrsig && !question_.dnssec_ok) continue;
    const uint16_t type = is_rrsig ? CoveredType(records_.rdata(record)) : record.type;
    const bool denial = question_.dnssec_ok && (type == kNSEC || type == kNSEC3);
    const bool of_soa =
        soa != nullptr && type == kSOA && (is_rrsig ? dns::NamesEqual(owner, records_.owner(*soa)) : &record == soa);
    if (denial || of_soa) Write(owner, record, writer);
  }
}

void ReplyScrubber::Write(absl::string_view owner, const ReplyRecord& record, dns::WireWriter* writer) {
  writer->WriteName(owner);
  writer->WriteU16(record.type);
  writer->WriteU16(record.rr_class);
  writer->WriteU32(record.ttl);
  dns::WriteRdata(record.type, records_.rdata(record), writer);
  ++written_;
}

}  // namespace strata::recursor
