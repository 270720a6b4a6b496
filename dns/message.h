// A whole DNS message as a value, and its wire form both ways (RFC 1035 §4).
//
// For everything that is not on the path of every query: fills of the cache, answers of other servers, tools, tests. A
// server answers queries with dns/query.h and dns/wire_writer.h, which allocate nothing.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_MESSAGE_H_
#define STRATA_DNS_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/name.h"
#include "dns/record.h"
#include "dns/rr_type.h"

namespace strata::dns {

inline constexpr size_t kMaxMessageSize = 65535;

struct Question {
  Name name;
  uint16_t type = 0;
  uint16_t rr_class = rr_class::kIN;
};

struct EdnsOption {
  uint16_t code = 0;
  std::string value;
};

// What the OPT record says (RFC 6891 §6.1), but for the upper bits of the rcode, which are in Message::rcode.
struct MessageEdns {
  uint8_t version = 0;
  uint16_t udp_payload_size = 1232;
  bool dnssec_ok = false;
  std::vector<EdnsOption> options;
};

// Fields by their order on the wire. Bits without a meaning (Z, and all of EDNS's but DO) are not kept.
struct Message {
  uint16_t id = 0;
  bool response = false;
  uint8_t opcode = opcode::kQuery;
  bool authoritative = false;
  bool truncated = false;
  bool recursion_desired = false;
  bool recursion_available = false;
  bool authentic_data = false;
  bool checking_disabled = false;
  // Twelve bits; above 15 only with EDNS.
  uint16_t rcode = rcode::kNoError;
  std::vector<Question> questions;
  std::vector<Record> answer;
  std::vector<Record> authority;
  // Without OPT, which is in `edns`.
  std::vector<Record> additional;
  std::optional<MessageEdns> edns;
};

// Names are compared without regard to case (RFC 4343), also those in RDATA of the types of RFC 4034 §6.2: compression
// does not keep their case. Everything else is compared octet by octet, and records in order.
bool operator==(const Question& a, const Question& b);
bool operator==(const EdnsOption& a, const EdnsOption& b);
bool operator==(const MessageEdns& a, const MessageEdns& b);
bool operator==(const Message& a, const Message& b);

// Laws of the two functions below, for every octet string w, message m and size n:
//  - ParseMessage(w) returns: it is total, and its memory is bounded by a small multiple of w.size(), whatever the
//  header's
//    counts say.
//  - If ParseMessage(w) is ok, SerializeMessage(*ParseMessage(w)) is ok.
//  - If s = SerializeMessage(m, n) is ok, then s->size() <= n and ParseMessage(*s) is ok. It equals m if everything
//  fit;
//    else each of its sections is the beginning of m's.

// Strict. An error is InvalidArgument with the offset and what is wrong there: a name, RDATA that does not fit its type
// (dns/rdata.h), a section that ends early, octets behind the last one, more than one OPT or one outside its place.
// RDATA may be empty in the classes ANY and NONE (RFC 2136 §2.4, §2.5). A TTL of 2^31 or more is read as 0 (RFC 2181
// §8).
absl::StatusOr<Message> ParseMessage(absl::string_view wire);

// Compresses owners, questions and the names in RDATA of the types of RFC 1035 (RFC 3597 §4). What does not fit into
// `max_size` is left out in whole RRsets, signatures with what they cover (RFC 2181 §9, RFC 4035 §3.1.1): from the
// additional section silently, but from the answer or authority section with TC set and nothing behind it except OPT.
// Glue whose absence must set TC (RFC 9471) cannot be told from other additional records here: that is the caller's.
//
// InvalidArgument when `message` has no wire form (a number out of range, RDATA that does not fit its type, OPT among
// the records), or when `max_size` does not even hold header, questions and OPT.
absl::StatusOr<std::string> SerializeMessage(const Message& message, size_t max_size = kMaxMessageSize);

}  // namespace strata::dns

#endif  // STRATA_DNS_MESSAGE_H_
