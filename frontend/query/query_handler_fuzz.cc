// Fuzzes the path of a packet from the client to the answer, with a backend that answers, refuses or keeps silent: no
// query gets two answers, what is owed one gets it, and every answer is a message.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "base/testing/fake_clock.h"
#include "dns/message.h"
#include "dns/query.h"
#include "frontend/query/query_handler.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/fake_transport.h"

namespace strata::frontend {
namespace {

using testing::FakeBackend;
using testing::FakeTransport;

void Require(bool condition) {
  if (!condition) std::abort();
}

enum class Behaviour { kAnswer, kEcho, kRefuse, kSilent };

struct Frontend {
  Frontend() {
    auto table = std::make_shared<ZoneTable>();
    table->Add(absl::string_view("\0", 1), 1);  // every name is ours
    table->set_complete(true);
    zones.Publish(std::move(table));
    backend.set_events(handler.replica_events());
    handler.AddReplica(&backend);
    backend.GoUp();
  }

  base::testing::FakeClock clock;
  PublishedZones zones;
  QueryHandler handler{QueryHandler::Options(), zones, clock};
  FakeBackend backend;
};

// A message whose question is `query`'s, with zeros for records.
std::string AnswerTo(const BackendQuery& query, size_t records_size) {
  std::string wire(12, '\0');
  wire[5] = 1;
  const absl::string_view name = query.name->wire();
  wire.append(name.data(), name.size());
  for (const uint16_t field : {query.type, query.rr_class}) {
    wire.push_back(static_cast<char>(field >> 8));
    wire.push_back(static_cast<char>(field));
  }
  // TXT records of one empty string each, owned by the root.
  const absl::string_view record("\0\0\x10\0\1\0\0\0\0\0\1\0", 12);
  const size_t count = records_size / record.size();
  wire[6] = static_cast<char>(count >> 8);
  wire[7] = static_cast<char>(count);
  for (size_t i = 0; i < count; ++i) wire.append(record.data(), record.size());
  return wire;
}

void Run(absl::string_view packet, Behaviour behaviour, bool is_datagram) {
  static Frontend frontend;
  static dns::Query query;
  if (!frontend.backend.up()) frontend.backend.GoUp();
  FakeTransport transport(is_datagram);
  frontend.backend.on_submit = [&](const BackendQuery& asked) {
    Require(asked.max_size >= 512 - 11);
    if (behaviour == Behaviour::kAnswer) frontend.backend.Answer(asked.id, AnswerTo(asked, 3000));
    if (behaviour == Behaviour::kEcho) frontend.backend.Answer(asked.id, std::string(packet));
    if (behaviour == Behaviour::kRefuse) frontend.backend.AnswerCode(asked.id, 5);
  };
  const bool taken = frontend.handler.OnMessage(packet, transport.MakeClient());
  frontend.handler.Flush();
  // What a silent backend owes is given up in the end.
  frontend.clock.Advance(absl::Seconds(10));
  frontend.handler.OnTick();
  frontend.handler.OnTick();
  Require(frontend.handler.pending() == 0);
  Require(transport.sent.size() == (taken ? 1 : 0));
  Require(taken == (dns::ParseQuery(packet, &query) != dns::QueryVerdict::kDrop));
  if (!taken) return;
  const std::string& sent = transport.sent[0].message;
  Require(!is_datagram || sent.size() <= std::max<size_t>(512, kDefaultMaxUdpSize));
  // With kEcho the body is the fuzzer's.
  if (behaviour == Behaviour::kEcho) return;
  const auto message = dns::ParseMessage(sent);
  Require(message.ok() && message->response && message->id == query.id);
}

}  // namespace
}  // namespace strata::frontend

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using strata::frontend::Behaviour;
  const absl::string_view packet(reinterpret_cast<const char*>(data), size);
  for (const Behaviour behaviour : {Behaviour::kAnswer, Behaviour::kEcho, Behaviour::kRefuse, Behaviour::kSilent}) {
    for (const bool is_datagram : {true, false}) strata::frontend::Run(packet, behaviour, is_datagram);
  }
  return 0;
}
