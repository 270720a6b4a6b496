// Fuzzes ParseMessage and SerializeMessage against the laws of dns/message.h.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/message_text.h"

namespace strata::dns {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

size_t RecordCount(const Message& message) {
  return message.answer.size() + message.authority.size() + message.additional.size();
}

// Written into a smaller size, `message` loses its end, and nothing else.
void RequireCutsWell(const Message& message, size_t size) {
  const absl::StatusOr<std::string> wire = SerializeMessage(message, size);
  if (!wire.ok()) return;
  Require(wire->size() <= size);
  const absl::StatusOr<Message> cut = ParseMessage(*wire);
  Require(cut.ok());
  Message expected = message;
  for (auto section : {&Message::answer, &Message::authority, &Message::additional}) {
    Require(((*cut).*section).size() <= (message.*section).size());
    (expected.*section).resize(((*cut).*section).size());
  }
  if (cut->answer.size() < message.answer.size() || cut->authority.size() < message.authority.size()) {
    Require(cut->additional.empty());
    expected.truncated = true;
  }
  Require(*cut == expected);
}

void Run(absl::string_view wire) {
  const absl::StatusOr<Message> message = ParseMessage(wire);
  if (!message.ok()) {
    Require(!message.status().message().empty());
    return;
  }
  Require(RecordCount(*message) <= wire.size() / 11);

  const absl::StatusOr<std::string> again = SerializeMessage(*message);
  Require(again.ok());
  Require(again->size() <= kMaxMessageSize);
  const absl::StatusOr<Message> parsed = ParseMessage(*again);
  Require(parsed.ok());
  // Names that were compressed in other types than we compress can outgrow a message.
  Require(*parsed == *message || RecordCount(*parsed) < RecordCount(*message));
  // What was written once is written the same for good.
  Require(*SerializeMessage(*parsed) == *again || RecordCount(*parsed) < RecordCount(*message));

  RequireCutsWell(*message, 512);
  RequireCutsWell(*message, again->size() - 1);
  RequireCutsWell(*message, GetU16(wire, 0) % (again->size() + 1));  // the id, as a source of sizes

  for (char c : MessageToText(*message)) Require(c == '\n' || c == '\t' || (c >= ' ' && c <= '~'));
}

}  // namespace
}  // namespace strata::dns

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::dns::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
