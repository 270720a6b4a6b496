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
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/testing/fake_clock.h"
#include "dns/message.h"
#include "dns/query.h"
#include "frontend/policy/cookie_secrets.h"
#include "frontend/policy/response_limiter.h"
#include "frontend/query/answer_options.h"
#include "frontend/query/query_handler.h"
#include "frontend/query/server_identity.h"
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

// As an operator may have it, with all that looks at options.
QueryHandler::Options Options() {
  QueryHandler::Options options;
  auto secrets = std::make_shared<PublishedCookieSecrets>();
  const auto published = CookieSecrets::FromText("secrets", "00112233445566778899aabbccddeeff\n");
  Require(published.ok());
  secrets->Publish(std::make_shared<const CookieSecrets>(*published));
  options.intake.cookie_secrets = secrets;
  options.intake.identity = std::make_shared<const ServerIdentity>(
      ServerIdentity::Options{.id = "ns1", .version = "1", .nsid = std::string(kMaxNsidSize, 'n')});
  options.max_pending_per_client = 2;
  return options;
}

// The same with rate limiting, which lets one answer a second through.
QueryHandler::Options LimitedOptions() {
  QueryHandler::Options options = Options();
  ResponseLimiterOptions limits;
  limits.responses_per_second = 1;
  limits.slip = 2;
  limits.table_size = 1024;
  auto limiter = std::make_shared<ResponseLimiter>(limits);
  options.sender.limiter = limiter;
  options.intake.limiter = std::move(limiter);
  return options;
}

struct Frontend {
  explicit Frontend(const QueryHandler::Options& options) : handler(options, zones, clock) {
    auto table = std::make_shared<ZoneTable>();
    table->Add(absl::string_view("\0", 1), 1);  // every name is ours
    table->set_complete(true);
    zones.Publish(std::move(table));
    backend.set_events(handler.replica_events());
    handler.AddReplica(&backend);
    backend.GoUp();
  }

  // The time of day stands still, so that the corpus holds a cookie that is good.
  void Pass(absl::Duration time) {
    const absl::Time now = clock.Now();
    clock.Advance(time);
    clock.SetWallTime(now);
  }

  base::testing::FakeClock clock;
  PublishedZones zones;
  QueryHandler handler;
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
  static Frontend frontend(Options());
  static dns::Query query;
  if (!frontend.backend.up()) frontend.backend.GoUp();
  FakeTransport transport(is_datagram);
  if (!is_datagram) transport.keepalive_units = 100;
  frontend.backend.on_submit = [&](const BackendQuery& asked) {
    // All options of ours fit beside an answer.
    Require(asked.max_size >= 512 - 11 - 28 - 4 - kMaxNsidSize);
    if (behaviour == Behaviour::kAnswer) frontend.backend.Answer(asked.id, AnswerTo(asked, 3000));
    if (behaviour == Behaviour::kEcho) frontend.backend.Answer(asked.id, std::string(packet));
    if (behaviour == Behaviour::kRefuse) frontend.backend.AnswerCode(asked.id, 5);
  };
  const bool taken = frontend.handler.OnMessage(packet, transport.MakeClient());
  frontend.handler.Flush();
  // What a silent backend owes is given up in the end.
  frontend.Pass(absl::Seconds(10));
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

// What rate limiting leaves of answers is a message too, and TCP is not limited.
void RunLimited(absl::string_view packet, bool is_datagram) {
  static Frontend frontend(LimitedOptions());
  FakeTransport transport(is_datagram);
  frontend.backend.on_submit = [&](const BackendQuery& asked) {
    frontend.backend.Answer(asked.id, AnswerTo(asked, 300));
  };
  size_t owed = 0;
  for (int i = 0; i < 3; ++i) owed += frontend.handler.OnMessage(packet, transport.MakeClient()) ? 1 : 0;
  frontend.handler.Flush();
  frontend.Pass(absl::Seconds(10));
  Require(frontend.handler.pending() == 0);
  Require(is_datagram ? transport.sent.size() <= owed : transport.sent.size() == owed);
  static dns::Query query;
  dns::ParseQuery(packet, &query);
  for (const FakeTransport::Sent& sent : transport.sent) {
    Require(!is_datagram || sent.message.size() <= kDefaultMaxUdpSize);
    const auto message = dns::ParseMessage(sent.message);
    Require(message.ok() && message->response && message->id == query.id);
  }
}

}  // namespace
}  // namespace strata::frontend

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using strata::frontend::Behaviour;
  const absl::string_view packet(reinterpret_cast<const char*>(data), size);
  // Half of what there is to try with each packet: fuzzers come with ever more of them.
  bool is_datagram = size % 2 == 0;
  for (const Behaviour behaviour : {Behaviour::kAnswer, Behaviour::kEcho, Behaviour::kRefuse, Behaviour::kSilent}) {
    strata::frontend::Run(packet, behaviour, is_datagram);
    is_datagram = !is_datagram;
  }
  strata::frontend::RunLimited(packet, is_datagram);
  return 0;
}
