// SPDX-License-Identifier: Apache-2.0
#include "dns/message.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rdata.h"
#include "dns/record_writer.h"
#include "dns/rrset_cut.h"
#include "dns/wire_reader.h"
#include "dns/wire_writer.h"

namespace strata::dns {
namespace {

constexpr uint32_t kMaxTtl = 0x7fffffff;
constexpr uint32_t kDnssecOkBit = 0x8000;
constexpr size_t kMinQuestionSize = 5;
constexpr size_t kMinRecordSize = 11;
constexpr absl::string_view kAnswer = "answer record", kAuthority = "authority record",
                            kAdditional = "additional record";

// An UPDATE's "whatever data" (RFC 2136 §2.4, §2.5).
bool MayBeEmpty(const Record& record) {
  return record.rr_class == rr_class::kANY || record.rr_class == rr_class::kNONE;
}

bool RecordsEqual(const Record& a, const Record& b) {
  return a.type == b.type && a.rr_class == b.rr_class && a.ttl == b.ttl && a.owner == b.owner &&
         (a.rdata == b.rdata || CanonicalRdata(a.type, a.rdata) == CanonicalRdata(b.type, b.rdata));
}

bool SectionsEqual(const std::vector<Record>& a, const std::vector<Record>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), RecordsEqual);
}

// Parsing.

// One pass over a message.
class Parser {
 public:
  explicit Parser(absl::string_view wire) : reader_(wire, kHeaderSize) {}

  absl::Status Parse();
  Message TakeMessage() { return std::move(message_); }

 private:
  void ReadHeader();
  absl::Status ReadQuestions();
  absl::Status ReadSection(absl::string_view section, size_t count_offset, std::vector<Record>* records);
  absl::Status ReadRecord(std::vector<Record>* records);
  absl::Status ReadRdataOf(Record* record);
  absl::Status ReadOpt();
  absl::Status ReadName(Name* name);

  // Begins a part of the message that holds `count` items of a kind.
  size_t Enter(absl::string_view part, size_t count_offset) {
    part_ = part;
    return count_ = GetU16(reader_.message(), count_offset);
  }
  absl::Status Malformed(size_t offset, absl::string_view what) const;

  WireReader reader_;
  Message message_;
  std::string name_wire_;  // kept for its memory
  // Where we are, for errors: the index_th (from 1) of count_ items of part_.
  absl::string_view part_;
  size_t index_ = 0;
  size_t count_ = 0;
};

absl::Status Parser::Malformed(size_t offset, absl::string_view what) const {
  return absl::InvalidArgumentError(
      absl::StrCat("offset ", offset, ", ", part_, " ", index_, " of ", count_, ": ", what));
}

void Parser::ReadHeader() {
  const uint16_t flags = GetU16(reader_.message(), kFlagsOffset);
  message_.id = GetU16(reader_.message(), 0);
  message_.response = (flags & kQr) != 0;
  message_.opcode = OpcodeOf(flags);
  message_.authoritative = (flags & kAa) != 0;
  message_.truncated = (flags & kTc) != 0;
  message_.recursion_desired = (flags & kRd) != 0;
  message_.recursion_available = (flags & kRa) != 0;
  message_.authentic_data = (flags & kAd) != 0;
  message_.checking_disabled = (flags & kCd) != 0;
  message_.rcode = flags & kRcodeMask;
}

absl::Status Parser::ReadName(Name* name) {
  const size_t at = reader_.position();
  name_wire_.clear();
  reader_.ReadName(&name_wire_);
  if (!reader_.ok()) return Malformed(at, "malformed or cut off name");
  STRATA_ASSIGN_OR_RETURN(*name, Name::FromWire(name_wire_));
  return absl::OkStatus();
}

absl::Status Parser::ReadQuestions() {
  const size_t count = Enter("question", kQdCountOffset);
  message_.questions.reserve(std::min(count, reader_.remaining() / kMinQuestionSize));
  for (index_ = 1; index_ <= count; ++index_) {
    Question question;
    STRATA_RETURN_IF_ERROR(ReadName(&question.name));
    const size_t at = reader_.position();
    question.type = reader_.ReadU16();
    question.rr_class = reader_.ReadU16();
    if (!reader_.ok()) return Malformed(at, "cut off behind its name");
    message_.questions.push_back(std::move(question));
  }
  return absl::OkStatus();
}

absl::Status Parser::ReadOpt() {
  const size_t at = reader_.position();
  MessageEdns edns;
  edns.udp_payload_size = reader_.ReadU16();
  const uint32_t ttl = reader_.ReadU32();
  edns.version = static_cast<uint8_t>(ttl >> 16);
  edns.dnssec_ok = (ttl & kDnssecOkBit) != 0;
  EdnsOptionCursor option(reader_.ReadBytes(reader_.ReadU16()));
  if (!reader_.ok()) return Malformed(at, "OPT is cut off");
  while (option.Next()) edns.options.push_back({option.code(), std::string(option.value())});
  if (!option.well_formed()) return Malformed(at, "an EDNS option does not fit into its OPT record");
  message_.rcode = static_cast<uint16_t>(message_.rcode | (ttl >> 24) << 4);
  message_.edns = std::move(edns);
  return absl::OkStatus();
}

absl::Status Parser::ReadRdataOf(Record* record) {
  const size_t at = reader_.position();
  const size_t size = reader_.ReadU16();
  if (!reader_.ok() || size > reader_.remaining()) return Malformed(at, "RDATA is cut off");
  if (size == 0 && MayBeEmpty(*record)) return absl::OkStatus();
  ReadRdata(record->type, size, &reader_, &record->rdata);
  if (!reader_.ok() || reader_.position() != at + 2 + size) {
    return Malformed(at + 2, absl::StrCat("malformed RDATA of type ", TypeToText(record->type)));
  }
  return absl::OkStatus();
}

absl::Status Parser::ReadRecord(std::vector<Record>* records) {
  const size_t start = reader_.position();
  Record record;
  STRATA_RETURN_IF_ERROR(ReadName(&record.owner));
  const size_t behind_owner = reader_.position();
  record.type = reader_.ReadU16();
  if (reader_.ok() && record.type == rr_type::kOPT) {  // RFC 6891 §6.1.1
    if (records != &message_.additional) return Malformed(start, "OPT outside the additional section");
    if (behind_owner != start + 1) return Malformed(start, "OPT is not owned by the root");
    if (message_.edns) return Malformed(start, "a second OPT");
    return ReadOpt();
  }
  record.rr_class = reader_.ReadU16();
  record.ttl = reader_.ReadU32();
  if (!reader_.ok()) return Malformed(behind_owner, "cut off behind its owner");
  if (record.ttl > kMaxTtl) record.ttl = 0;
  STRATA_RETURN_IF_ERROR(ReadRdataOf(&record));
  records->push_back(std::move(record));
  return absl::OkStatus();
}

absl::Status Parser::ReadSection(absl::string_view section, size_t count_offset, std::vector<Record>* records) {
  const size_t count = Enter(section, count_offset);
  records->reserve(std::min(count, reader_.remaining() / kMinRecordSize));
  for (index_ = 1; index_ <= count; ++index_) STRATA_RETURN_IF_ERROR(ReadRecord(records));
  return absl::OkStatus();
}

absl::Status Parser::Parse() {
  const size_t size = reader_.message().size();
  if (size < kHeaderSize || size > kMaxMessageSize) {
    return absl::InvalidArgumentError(absl::StrCat("a message has 12 to 65535 octets, not ", size));
  }
  ReadHeader();
  STRATA_RETURN_IF_ERROR(ReadQuestions());
  STRATA_RETURN_IF_ERROR(ReadSection(kAnswer, kAnCountOffset, &message_.answer));
  STRATA_RETURN_IF_ERROR(ReadSection(kAuthority, kNsCountOffset, &message_.authority));
  STRATA_RETURN_IF_ERROR(ReadSection(kAdditional, kArCountOffset, &message_.additional));
  if (!reader_.AtEnd()) {
    return absl::InvalidArgumentError(absl::StrCat("offset ", reader_.position(), ": ", reader_.remaining(),
                                                   " octets left over behind the last section"));
  }
  return absl::OkStatus();
}

// Serializing.

absl::Status CheckSection(absl::string_view section, absl::Span<const Record> records) {
  for (size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    absl::string_view wrong;
    if (record.type == rr_type::kOPT) {
      wrong = "OPT stands in `edns`, not among the records";
    } else if (record.ttl > kMaxTtl) {
      wrong = "the TTL exceeds 2^31-1";
    } else if (record.rdata.size() > 65535) {
      wrong = "the RDATA exceeds 65535 octets";
    } else if (!(record.rdata.empty() && MayBeEmpty(record)) && !IsValidRdata(record.type, record.rdata)) {
      wrong = "the RDATA does not fit its type";
    }
    if (!wrong.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(section, " ", i + 1, " (", record.owner.ToText(), " ", TypeToText(record.type), "): ", wrong));
    }
  }
  return absl::OkStatus();
}

absl::Status Check(const Message& message) {
  if (message.opcode > 15) return absl::InvalidArgumentError(absl::StrCat("no opcode: ", message.opcode));
  const uint16_t max_rcode = message.edns ? 0xfff : 0xf;
  if (message.rcode > max_rcode) {
    return absl::InvalidArgumentError(
        absl::StrCat("rcode ", message.rcode, " exceeds ", max_rcode, message.edns ? "" : ", the most without EDNS"));
  }
  STRATA_RETURN_IF_ERROR(CheckSection(kAnswer, message.answer));
  STRATA_RETURN_IF_ERROR(CheckSection(kAuthority, message.authority));
  return CheckSection(kAdditional, message.additional);
}

// Empty without EDNS.
absl::StatusOr<std::string> OptRecord(const Message& message) {
  std::string record;
  if (!message.edns) return record;
  std::string options;
  for (const EdnsOption& option : message.edns->options) {
    if (option.value.size() + options.size() + 4 > 65535) {
      return absl::InvalidArgumentError("the EDNS options exceed 65535 octets");
    }
    AppendEdnsOption(option.code, option.value, &options);
  }
  Edns edns;
  edns.version = message.edns->version;
  edns.extended_rcode = static_cast<uint8_t>(message.rcode >> 4);
  edns.udp_payload_size = message.edns->udp_payload_size;
  edns.dnssec_ok = message.edns->dnssec_ok;
  edns.options = options;
  AppendOptRecord(edns, &record);
  return record;
}

uint16_t FlagsOf(const Message& message) {
  return static_cast<uint16_t>(
      (message.response ? kQr : 0) | message.opcode << kOpcodeShift | (message.authoritative ? kAa : 0) |
      (message.truncated ? kTc : 0) | (message.recursion_desired ? kRd : 0) | (message.recursion_available ? kRa : 0) |
      (message.authentic_data ? kAd : 0) | (message.checking_disabled ? kCd : 0) | (message.rcode & kRcodeMask));
}

// Without compression; no message needs more.
size_t MostOctets(const Message& message, size_t opt_size) {
  size_t size = kHeaderSize + opt_size;
  for (const Question& question : message.questions) size += question.name.wire().size() + 4;
  for (const std::vector<Record>* section : {&message.answer, &message.authority, &message.additional}) {
    for (const Record& record : *section) size += record.owner.wire().size() + 10 + record.rdata.size();
  }
  return size;
}

// Returns whether the whole section fit.
bool WriteSection(absl::Span<const Record> records, size_t count_offset, WireWriter* writer) {
  std::vector<WireWriter::Mark> marks;
  size_t count = 0;
  for (; count < records.size(); ++count) {
    marks.push_back(writer->mark());
    WriteRecord(records[count], writer);
    if (writer->ok()) continue;
    count = WholeRrsetsBefore(records, count);
    writer->Rollback(marks[count]);
    break;
  }
  writer->PatchU16(count_offset, static_cast<uint16_t>(count));
  return count == records.size();
}

}  // namespace

bool operator==(const Question& a, const Question& b) {
  return a.type == b.type && a.rr_class == b.rr_class && a.name == b.name;
}

bool operator==(const EdnsOption& a, const EdnsOption& b) { return a.code == b.code && a.value == b.value; }

bool operator==(const MessageEdns& a, const MessageEdns& b) {
  return a.version == b.version && a.udp_payload_size == b.udp_payload_size && a.dnssec_ok == b.dnssec_ok &&
         a.options == b.options;
}

bool operator==(const Message& a, const Message& b) {
  return a.id == b.id && FlagsOf(a) == FlagsOf(b) && a.opcode == b.opcode && a.rcode == b.rcode && a.edns == b.edns &&
         a.questions == b.questions && SectionsEqual(a.answer, b.answer) && SectionsEqual(a.authority, b.authority) &&
         SectionsEqual(a.additional, b.additional);
}

absl::StatusOr<Message> ParseMessage(absl::string_view wire) {
  Parser parser(wire);
  STRATA_RETURN_IF_ERROR(parser.Parse());
  return parser.TakeMessage();
}

absl::StatusOr<std::string> SerializeMessage(const Message& message, size_t max_size) {
  STRATA_RETURN_IF_ERROR(Check(message));
  STRATA_ASSIGN_OR_RETURN(const std::string opt, OptRecord(message));

  std::string wire(std::min({max_size, kMaxMessageSize, MostOctets(message, opt.size())}), '\0');
  WireWriter writer(wire.data(), wire.size());
  writer.WriteU16(message.id);
  writer.WriteU16(FlagsOf(message));
  writer.WriteU16(static_cast<uint16_t>(message.questions.size()));
  writer.WriteBytes(absl::string_view("\0\0\0\0\0\0", 6));  // counts, filled in behind their sections
  for (const Question& question : message.questions) {
    writer.WriteName(question.name.wire());
    writer.WriteU16(question.type);
    writer.WriteU16(question.rr_class);
  }
  if (!writer.ok() || writer.remaining() < opt.size()) {
    return absl::InvalidArgumentError(absl::StrCat(max_size, " octets do not hold header, question and OPT"));
  }

  writer.SetCapacity(wire.size() - opt.size());  // OPT has its place, whatever else is left out
  const bool complete =
      WriteSection(message.answer, kAnCountOffset, &writer) && WriteSection(message.authority, kNsCountOffset, &writer);
  writer.SetCapacity(wire.size());
  // OPT stands first in its section: behind the others a TSIG must be last (RFC 8945 §5.1).
  writer.WriteBytes(opt);
  if (complete) WriteSection(message.additional, kArCountOffset, &writer);
  if (!complete) writer.PatchU16(kFlagsOffset, FlagsOf(message) | kTc);
  if (message.edns) writer.PatchU16(kArCountOffset, GetU16(writer.message(), kArCountOffset) + 1);
  wire.resize(writer.size());
  return wire;
}

}  // namespace strata::dns
