// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/reply_digest.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/wire_reader.h"

namespace strata::tests {
namespace {

using dns::GetU16;

constexpr uint16_t kZ = 0x40;

std::string FlagsOf(uint16_t flags) {
  std::string text = dns::OpcodeToText(dns::OpcodeOf(flags));
  if ((flags & dns::kQr) != 0) text += " qr";
  if ((flags & dns::kRd) != 0) text += " rd";
  if ((flags & dns::kRa) != 0) text += " ra";
  if ((flags & kZ) != 0) text += " z";
  if ((flags & dns::kAd) != 0) text += " ad";
  if ((flags & dns::kCd) != 0) text += " cd";
  return text;
}

// The octets of the first question of a reply that holds one, or of the query's that it may repeat: a name without
// pointers, type and class; empty when there is none.
absl::string_view QuestionOf(absl::string_view packet) {
  if (packet.size() < dns::kHeaderSize || GetU16(packet, dns::kQdCountOffset) == 0) return {};
  const size_t name_size = dns::WireNameSize(packet.substr(dns::kHeaderSize));
  if (name_size == 0 || packet.size() < dns::kHeaderSize + name_size + 4) return {};
  return packet.substr(dns::kHeaderSize, name_size + 4);
}

std::string CompareQuestions(absl::string_view query, absl::string_view reply) {
  const uint16_t count = GetU16(reply, dns::kQdCountOffset);
  if (count == 0) return "absent";
  const absl::string_view question = QuestionOf(reply);
  if (count > 1 || question.empty()) return absl::StrCat("other: ", count);
  // The client's octets are where its question would be, whatever it said of their number.
  return query.substr(std::min(query.size(), dns::kHeaderSize), question.size()) == question ? "echoed" : "other";
}

// The flags of the OPT record of a sound message that has one: a parsed message keeps none but DO.
uint16_t OptFlags(absl::string_view message) {
  dns::WireReader reader(message, dns::kHeaderSize);
  for (int i = 0; i < GetU16(message, dns::kQdCountOffset); ++i) {
    reader.SkipName();
    reader.ReadU32();
  }
  while (!reader.AtEnd() && reader.ok()) {
    reader.SkipName();
    const uint16_t type = reader.ReadU16();
    reader.ReadU16();
    const uint32_t ttl = reader.ReadU32();
    reader.ReadBytes(reader.ReadU16());
    if (type == dns::rr_type::kOPT) return static_cast<uint16_t>(ttl);
  }
  return 0;
}

std::string OptOf(const dns::MessageEdns& edns, uint16_t flags) {
  std::string text = absl::StrCat("version ", edns.version, edns.dnssec_ok ? " do" : "");
  if ((flags & 0x7fff) != 0) absl::StrAppend(&text, " flags ", absl::Hex(flags & 0x7fff));
  return text;
}

std::string OptionsOf(const dns::MessageEdns& edns) {
  std::vector<uint16_t> codes;
  for (const dns::EdnsOption& option : edns.options) {
    if (option.code != dns::edns_option::kExtendedError) codes.push_back(option.code);
  }
  std::sort(codes.begin(), codes.end());
  return codes.empty() ? "none" : absl::StrJoin(codes, " ");
}

// The error of a TSIG record without other data, which is the last of its fields but one (RFC 8945 §4.2).
std::string TsigErrorOf(const dns::Message& message) {
  if (message.additional.empty() || message.additional.back().type != dns::rr_type::kTSIG) return "none";
  const std::string& rdata = message.additional.back().rdata;
  return dns::RcodeToText(GetU16(rdata, rdata.size() - 4));
}

void DigestSections(const dns::Message& message, ReplyDigest* digest) {
  (*digest)["answers"] = absl::StrCat(message.answer.size());
  const bool may_be_negative = message.rcode == dns::rcode::kNoError || message.rcode == dns::rcode::kNXDomain;
  if (message.answer.empty() && may_be_negative && !message.truncated) {
    const bool soa = std::any_of(message.authority.begin(), message.authority.end(),
                                 [](const dns::Record& record) { return record.type == dns::rr_type::kSOA; });
    (*digest)["negative"] = soa ? "SOA" : "none";
  }
}

}  // namespace

ReplyDigest DigestOfSilence() { return {{"reply", "silence"}}; }

ReplyDigest DigestOfClosing() { return {{"reply", "closed"}}; }

ReplyDigest DigestReply(absl::string_view query, absl::string_view reply) {
  ReplyDigest digest = {{"reply", "yes"}, {"form", "unsound"}};
  if (reply.size() < dns::kHeaderSize) return digest;
  const uint16_t flags = GetU16(reply, dns::kFlagsOffset);
  digest["id"] = reply.substr(0, 2) == query.substr(0, 2) ? "echoed" : "other";
  digest["flags"] = FlagsOf(flags);
  digest["aa"] = (flags & dns::kAa) != 0 ? "1" : "0";
  digest["tc"] = (flags & dns::kTc) != 0 ? "1" : "0";
  digest["rcode"] = dns::RcodeToText(flags & dns::kRcodeMask);
  digest["question"] = CompareQuestions(query, reply);
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(reply);
  if (!message.ok()) return digest;
  digest["form"] = "sound";
  digest["rcode"] = dns::RcodeToText(message->rcode);
  DigestSections(*message, &digest);
  digest["tsig"] = TsigErrorOf(*message);
  digest["opt"] = "none";
  if (!message->edns.has_value()) return digest;
  digest["opt"] = OptOf(*message->edns, OptFlags(reply));
  digest["options"] = OptionsOf(*message->edns);
  return digest;
}

std::string ToText(const ReplyDigest& digest) {
  return absl::StrJoin(digest, ", ", [](std::string* out, const auto& aspect) {
    absl::StrAppend(out, aspect.first, "=", aspect.second);
  });
}

}  // namespace strata::tests
