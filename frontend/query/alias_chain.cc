// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/alias_chain.h"

#include <algorithm>
#include <utility>

#include "dns/header.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "dns/wire_reader.h"

namespace strata::frontend {
namespace {

namespace rr = dns::rr_type;

// Steps over one record; returns its type.
uint16_t SkipRecord(dns::WireReader* reader) {
  reader->SkipName();
  const uint16_t type = reader->ReadU16();
  reader->ReadBytes(6);  // class and TTL
  reader->ReadBytes(reader->ReadU16());
  return type;
}

// Names that an alias leads to are of no use to a question for the alias itself.
bool AsksForAliases(uint16_t type) { return type == rr::kCNAME || type == rr::kANY; }

const dns::Record* LastAlias(const std::vector<dns::Record>& answer) {
  const auto last = std::find_if(answer.rbegin(), answer.rend(), [](const auto& r) { return r.type == rr::kCNAME; });
  return last == answer.rend() ? nullptr : &*last;
}

}  // namespace

Rest FindRest(absl::string_view wire, uint16_t type) {
  if (wire.size() < dns::kHeaderSize) return Rest::kNothing;
  const uint16_t flags = dns::GetU16(wire, dns::kFlagsOffset);
  if ((flags & (dns::kTc | dns::kRcodeMask)) != 0) return Rest::kNothing;
  const int answers = dns::GetU16(wire, dns::kAnCountOffset);
  const int authorities = dns::GetU16(wire, dns::kNsCountOffset);
  if (answers == 0) return (flags & dns::kAa) == 0 && authorities > 0 ? Rest::kReferral : Rest::kNothing;
  if (AsksForAliases(type)) return Rest::kNothing;
  dns::WireReader reader(wire, dns::kHeaderSize);
  reader.SkipName();
  reader.ReadBytes(4);
  uint16_t last = 0;
  for (int i = 0; i < answers && reader.ok(); ++i) {
    const uint16_t read = SkipRecord(&reader);
    if (read != rr::kRRSIG) last = read;
  }
  if (last != rr::kCNAME) return Rest::kNothing;
  // With an SOA record the authority says that the last name is its own, and has no such data (RFC 2308 §2.2).
  for (int i = 0; i < authorities && reader.ok(); ++i) {
    if (SkipRecord(&reader) == rr::kSOA) return Rest::kNothing;
  }
  return reader.ok() ? Rest::kAlias : Rest::kNothing;
}

bool AliasChain::Add(absl::string_view wire) {
  absl::StatusOr<dns::Message> message = dns::ParseMessage(wire);
  if (!message.ok() || steps_ == kMaxSteps) return false;
  const dns::Record* alias = LastAlias(message->answer);
  if (alias == nullptr) return false;
  absl::StatusOr<dns::Name> target = dns::Name::FromWire(alias->rdata);
  if (!target.ok()) return false;
  const auto leads_back = [&](const dns::Record& r) { return r.type == rr::kCNAME && r.owner == *target; };
  if (std::any_of(answer_.begin(), answer_.end(), leads_back) ||
      std::any_of(message->answer.begin(), message->answer.end(), leads_back)) {
    return false;
  }
  if (steps_ == 0) authoritative_ = message->authoritative;
  authentic_ = message->authentic_data && (steps_ == 0 || authentic_);
  ++steps_;
  target_ = *std::move(target);
  answer_.insert(answer_.end(), std::make_move_iterator(message->answer.begin()),
                 std::make_move_iterator(message->answer.end()));
  return true;
}

absl::StatusOr<std::string> AliasChain::Join(absl::string_view question, absl::string_view last) const {
  absl::StatusOr<dns::Message> message = dns::ParseMessage(last);
  if (!message.ok()) return message.status();
  const size_t name_size = question.size() - 4;
  absl::StatusOr<dns::Name> name = dns::Name::FromWire(question.substr(0, name_size));
  if (!name.ok()) return name.status();
  message->questions = {{*std::move(name), dns::GetU16(question, name_size), dns::GetU16(question, name_size + 2)}};
  message->answer.insert(message->answer.begin(), answer_.begin(), answer_.end());
  message->authoritative = authoritative_;
  message->authentic_data = message->authentic_data && authentic_;
  return dns::SerializeMessage(*message);
}

}  // namespace strata::frontend
