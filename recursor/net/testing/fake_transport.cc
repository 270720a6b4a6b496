// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/testing/fake_transport.h"

#include <algorithm>
#include <cstdlib>

namespace strata::recursor::testing {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

ExchangeId FakeTransport::Start(const base::SocketAddress& server, absl::string_view query, bool tcp,
                                absl::Duration timeout, ExchangeHandler* handler) {
  const base::MonotonicTime now = clock_.MonotonicNow();
  Entry entry;
  entry.exchange.id = exchanges_.size() + 1;
  entry.exchange.server = server;
  entry.exchange.query = std::string(query);
  entry.exchange.tcp = tcp;
  entry.exchange.timeout = timeout;
  entry.exchange.deadline = now + absl::ToChronoNanoseconds(timeout);
  entry.exchange.handler = handler;
  entry.sent = now;
  if (script_) entry.scripted = script_(entry.exchange);
  exchanges_.push_back(std::move(entry));
  return exchanges_.back().exchange.id;
}

void FakeTransport::Cancel(ExchangeId id) {
  if (id == 0 || id > exchanges_.size()) return;
  FakeExchange& exchange = exchanges_[id - 1].exchange;
  if (exchange.open()) exchange.cancelled = true;
}

size_t FakeTransport::open_count() const {
  return std::count_if(exchanges_.begin(), exchanges_.end(), [](const Entry& entry) { return entry.exchange.open(); });
}

// The handler may start another exchange, which moves the entries.
void FakeTransport::Reply(size_t index, absl::string_view message, absl::Duration round_trip) {
  FakeExchange& exchange = exchanges_.at(index).exchange;
  Require(exchange.open());
  exchange.ended = true;
  exchange.handler->OnReply(message, round_trip);
}

void FakeTransport::Fail(size_t index, ExchangeFailure failure, bool suspicious) {
  FakeExchange& exchange = exchanges_.at(index).exchange;
  Require(exchange.open());
  exchange.ended = true;
  exchange.handler->OnFailure(failure, suspicious);
}

base::MonotonicTime FakeTransport::DueTime(const Entry& entry) {
  if (!entry.scripted) return entry.exchange.deadline;
  return std::min(entry.exchange.deadline, entry.sent + absl::ToChronoNanoseconds(entry.scripted->after));
}

void FakeTransport::Tell(Entry* entry) {
  const size_t index = entry->exchange.id - 1;
  const base::MonotonicTime now = clock_.MonotonicNow();
  const std::optional<ScriptedReply> scripted = std::move(entry->scripted);
  if (!scripted || entry->sent + absl::ToChronoNanoseconds(scripted->after) > entry->exchange.deadline) {
    Fail(index, ExchangeFailure::kTimeout, scripted && scripted->suspicious);
  } else if (scripted->failure) {
    Fail(index, *scripted->failure, scripted->suspicious);
  } else {
    Reply(index, scripted->message, absl::FromChrono(now - entry->sent));
  }
}

void FakeTransport::Advance(absl::Duration step) {
  const base::MonotonicTime end = clock_.MonotonicNow() + absl::ToChronoNanoseconds(step);
  for (;;) {
    Entry* next = nullptr;
    for (Entry& entry : exchanges_) {
      if (!entry.exchange.open() || DueTime(entry) > end) continue;
      if (next == nullptr || DueTime(entry) < DueTime(*next)) next = &entry;
    }
    if (next == nullptr) break;
    const base::MonotonicTime now = clock_.MonotonicNow();
    if (DueTime(*next) > now) clock_.Advance(absl::FromChrono(DueTime(*next) - now));
    Tell(next);
  }
  clock_.Advance(absl::FromChrono(end - clock_.MonotonicNow()));
}

}  // namespace strata::recursor::testing
