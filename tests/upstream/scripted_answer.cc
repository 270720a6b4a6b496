// SPDX-License-Identifier: Apache-2.0
#include "tests/upstream/scripted_answer.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "dns/big_endian.h"
#include "dns/header.h"

namespace strata::tests {
namespace {

// Larger than what any of the tests waits for.
constexpr uint32_t kTtl = 300, kSoaTtl = 3600;
constexpr size_t kUdpSizeWithoutEdns = 512;

struct Behaviour {
  uint32_t ttl = kTtl;
  absl::Duration delay;
  uint16_t rcode = dns::rcode::kNoError;
  bool no_data = false, silent = false, alias = false, spoofed = false;
  int records = 1;
};

// FNV-1a: the same in every run.
uint32_t HashOf(absl::string_view octets) {
  uint32_t hash = 2166136261;
  for (const char octet : octets) hash = (hash ^ static_cast<uint8_t>(octet)) * 16777619;
  return hash;
}

std::string AddressOf(const dns::Name& name, int number) {
  const std::string lower = dns::ToLowerAscii(name.wire());
  std::string rdata;
  // In 10.0.0.0/8, away from what zones in tests hold.
  dns::AppendU32(10u << 24 | ((HashOf(lower) + static_cast<uint32_t>(number)) & 0xffffff), &rdata);
  return rdata;
}

// Of the name's first label. False when the label means nothing.
bool ReadLabel(absl::string_view label, Behaviour* behaviour) {
  uint32_t number = 0;
  if (absl::ConsumePrefix(&label, "ttl-")) return absl::SimpleAtoi(label, &behaviour->ttl);
  if (absl::ConsumePrefix(&label, "many-")) return absl::SimpleAtoi(label, &behaviour->records);
  if (absl::ConsumePrefix(&label, "slow-")) {
    if (!absl::SimpleAtoi(label, &number)) return false;
    behaviour->delay = absl::Milliseconds(number);
    return true;
  }
  const std::pair<absl::string_view, uint16_t> rcodes[] = {
      {"nx", dns::rcode::kNXDomain}, {"servfail", dns::rcode::kServFail}, {"refused", dns::rcode::kRefused}};
  for (const auto& [word, rcode] : rcodes) {
    if (label != word) continue;
    behaviour->rcode = rcode;
    return true;
  }
  const std::pair<absl::string_view, bool*> switches[] = {{"nodata", &behaviour->no_data},
                                                          {"silent", &behaviour->silent},
                                                          {"alias", &behaviour->alias},
                                                          {"spoofed", &behaviour->spoofed}};
  for (const auto& [word, value] : switches) {
    if (label != word) continue;
    *value = true;
    return true;
  }
  return false;
}

std::string FirstLabel(const dns::Name& name) {
  return dns::ToLowerAscii(name.wire().substr(1, static_cast<uint8_t>(name.wire()[0])));
}

// As the labels in front say, to the first alias.
Behaviour BehaviourOf(dns::Name name) {
  Behaviour behaviour;
  while (!name.IsRoot() && !behaviour.alias && ReadLabel(FirstLabel(name), &behaviour)) name = name.Parent();
  return behaviour;
}

// The name's last label.
dns::Name ZoneOf(dns::Name name) {
  while (name.LabelCount() > 1) name = name.Parent();
  return name;
}

dns::Record Soa(const dns::Name& name, uint32_t minimum) {
  dns::Record soa{ZoneOf(name), dns::rr_type::kSOA, dns::rr_class::kIN, kSoaTtl, std::string("\0\0", 2)};
  for (const uint32_t number : {1u, 3600u, 600u, 86400u, minimum}) dns::AppendU32(number, &soa.rdata);
  return soa;
}

// What the name has, or the lack of it.
void AppendRecords(const dns::Name& name, uint16_t type, const Behaviour& behaviour, dns::Message* reply) {
  reply->rcode = behaviour.rcode;
  if (behaviour.rcode != dns::rcode::kNoError || behaviour.no_data || type != dns::rr_type::kA) {
    const bool negative = behaviour.rcode == dns::rcode::kNoError || behaviour.rcode == dns::rcode::kNXDomain;
    if (negative) reply->authority.push_back(Soa(name, behaviour.ttl));
    return;
  }
  for (int i = 0; i < behaviour.records; ++i) {
    reply->answer.push_back({name, type, dns::rr_class::kIN, behaviour.ttl, AddressOf(name, i)});
  }
}

dns::Message ReplyTo(const dns::Message& query) {
  dns::Message reply;
  reply.id = query.id;
  reply.response = true;
  reply.opcode = query.opcode;
  reply.recursion_desired = query.recursion_desired;
  reply.recursion_available = true;
  reply.questions = query.questions;
  if (query.edns.has_value()) reply.edns.emplace();
  return reply;
}

std::string Wire(const dns::Message& reply, size_t max_size) {
  absl::StatusOr<std::string> wire = dns::SerializeMessage(reply, max_size);
  if (!wire.ok()) abort();
  return *std::move(wire);
}

// The first letter of the name in the other case.
std::string WithOtherCase(std::string wire) {
  char* const name = wire.data() + dns::kHeaderSize;
  for (int i = 1; i <= name[0]; ++i) {
    if (!absl::ascii_isalpha(static_cast<unsigned char>(name[i]))) continue;
    name[i] = static_cast<char>(name[i] ^ 0x20);
    break;
  }
  return wire;
}

void AppendSpoofed(dns::Message reply, std::vector<UpstreamReply>* replies) {
  for (dns::Record& record : reply.answer) record.rdata = SpoofedAddress();
  const std::string forged = Wire(reply, dns::kMaxMessageSize);
  replies->push_back({forged, absl::ZeroDuration(), true});
  replies->push_back({WithOtherCase(forged), absl::ZeroDuration(), false});
  for (int step : {1, -1, 256, 0x5555}) {
    dns::Message other_id = reply;
    other_id.id = static_cast<uint16_t>(reply.id + step);
    replies->push_back({Wire(other_id, dns::kMaxMessageSize), absl::ZeroDuration(), false});
  }
  reply.questions[0].name = *reply.questions[0].name.Parent().Prepend("other");
  for (dns::Record& record : reply.answer) record.owner = reply.questions[0].name;
  replies->push_back({Wire(reply, dns::kMaxMessageSize), absl::ZeroDuration(), false});
}

}  // namespace

std::string AddressOf(absl::string_view name) {
  const absl::StatusOr<dns::Name> parsed = dns::Name::FromText(name);
  if (!parsed.ok()) abort();
  return AddressOf(*parsed, 0);
}

std::string SpoofedAddress() { return std::string("\xcb\0\x71\x42", 4); }

std::vector<UpstreamReply> AnswerByLabels(const UpstreamQuery& query) {
  dns::Message reply = ReplyTo(query.message);
  size_t max_size = dns::kMaxMessageSize;
  if (!query.tcp) {
    max_size = query.message.edns.has_value()
                   ? std::max<size_t>(query.message.edns->udp_payload_size, kUdpSizeWithoutEdns)
                   : kUdpSizeWithoutEdns;
  }
  if (query.message.questions.size() != 1) {
    reply.rcode = dns::rcode::kFormErr;
    return {{Wire(reply, max_size), absl::ZeroDuration(), false}};
  }
  dns::Name name = query.message.questions[0].name;
  Behaviour behaviour = BehaviourOf(name);
  const absl::Duration delay = behaviour.delay;
  while (behaviour.alias) {
    dns::Name target = name;
    // The labels up to the alias are the owner's own.
    while (FirstLabel(target) != "alias") target = target.Parent();
    target = target.Parent();
    const std::string rdata(target.wire());
    reply.answer.push_back({name, dns::rr_type::kCNAME, dns::rr_class::kIN, behaviour.ttl, rdata});
    name = target;
    behaviour = BehaviourOf(name);
  }
  AppendRecords(name, query.message.questions[0].type, behaviour, &reply);
  std::vector<UpstreamReply> replies;
  if (behaviour.silent) return replies;
  if (behaviour.spoofed && !query.tcp) AppendSpoofed(reply, &replies);
  replies.push_back({Wire(reply, max_size), delay, false});
  return replies;
}

}  // namespace strata::tests
