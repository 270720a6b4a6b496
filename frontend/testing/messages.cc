// SPDX-License-Identifier: Apache-2.0
#include "frontend/testing/messages.h"

#include <algorithm>

#include "dns/edns.h"
#include "dns/header.h"
#include "dns/name.h"
#include "gtest/gtest.h"

namespace strata::frontend::testing {

std::string WireName(absl::string_view text) {
  const auto name = dns::Name::FromText(text);
  EXPECT_TRUE(name.ok()) << name.status();
  return name.ok() ? std::string(name->wire()) : std::string(1, '\0');
}

dns::Message Query(absl::string_view name, uint16_t type) {
  dns::Message message;
  message.id = 0x1234;
  message.questions.push_back({*dns::Name::FromText(name), type, dns::rr_class::kIN});
  return message;
}

dns::Message EdnsQuery(absl::string_view name, uint16_t udp_size, uint16_t type) {
  dns::Message message = Query(name, type);
  message.edns.emplace();
  message.edns->udp_payload_size = udp_size;
  return message;
}

std::string AnswerTo(absl::string_view name, uint16_t type, size_t size) {
  dns::Message message = Query(name, type);
  message.id = 0;
  message.response = true;
  message.authoritative = true;
  dns::Record record;
  record.owner = message.questions[0].name;
  record.type = dns::rr_type::kTXT;
  record.ttl = 300;
  while (size > 0) {
    const size_t piece = std::min<size_t>(size, 256);
    record.rdata.push_back(static_cast<char>(piece - 1));
    record.rdata.append(piece - 1, 'x');
    size -= piece;
  }
  message.answer.push_back(record);
  return Wire(message);
}

std::string Wire(const dns::Message& message) {
  const auto wire = dns::SerializeMessage(message);
  EXPECT_TRUE(wire.ok()) << wire.status();
  return wire.ok() ? *wire : std::string();
}

dns::Message Parse(absl::string_view wire) {
  const auto message = dns::ParseMessage(wire);
  EXPECT_TRUE(message.ok()) << message.status();
  return message.ok() ? *message : dns::Message();
}

std::vector<uint16_t> ExtendedErrors(const dns::Message& message) {
  std::vector<uint16_t> codes;
  if (!message.edns.has_value()) return codes;
  for (const dns::EdnsOption& option : message.edns->options) {
    if (option.code == dns::edns_option::kExtendedError) codes.push_back(dns::GetU16(option.value, 0));
  }
  return codes;
}

std::shared_ptr<const ZoneTable> Zones(const std::vector<std::pair<std::string, ReplicaSet>>& zones, bool complete) {
  auto table = std::make_shared<ZoneTable>();
  for (const auto& [zone, replicas] : zones) table->Add(WireName(zone), replicas);
  table->set_complete(complete);
  return table;
}

}  // namespace strata::frontend::testing
