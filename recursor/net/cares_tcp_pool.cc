// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_tcp_pool.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "recursor/net/cares_tcp_channel.h"
#include "recursor/net/reply_check.h"

namespace strata::recursor {

struct TcpConnection {
  // Queries that c-ares has and nobody waits for any more.
  size_t abandoned() const { return channel->in_flight() - live; }

  std::unique_ptr<CaresTcpChannel> channel;
  size_t live = 0;      // queries on it that somebody waits for
  bool shared = false;  // by several since it was last without any
};

// A server that was asked lately. The timer runs while nobody waits for it.
struct TcpServer final : Timer {
  void OnExpired() override { pool->Forget(this); }

  CaresTcpPool* pool = nullptr;
  std::string key;
  base::SocketAddress address;
  std::unique_ptr<TcpConnection> connection;  // nullptr: the next query makes one
  std::deque<TcpExchange*> queue;
  size_t live = 0;  // in the queue or on the connection
  base::MonotonicTime idle_since;
  bool one_at_a_time = false;
};

// From Start() until the handler was told and c-ares has let go of it.
struct TcpExchange final : TcpQuery, Timer {
  void OnExpired() override { pool->End(this, ExchangeFailure::kTimeout); }
  void OnEnded(TcpQuery::End end, absl::string_view message) override;

  CaresTcpPool* pool = nullptr;
  ExchangeId id = 0;
  size_t head_size = 0;
  ExchangeHandler* handler = nullptr;   // nullptr: cancelled, or told
  TcpServer* server = nullptr;          // until it is ending
  TcpConnection* connection = nullptr;  // while it is live there
  base::MonotonicTime sent;
  bool sent_again = false;
  bool suspicious = false;
  bool told = false;
  // How it ended.
  bool ending = false;
  bool has_reply = false;
  std::string reply;
  absl::Duration round_trip;
  ExchangeFailure failure = ExchangeFailure::kTimeout;
};

namespace {

// With so many abandoned queries on it a connection has no more room worth mentioning.
constexpr size_t kMaxAbandoned = 16;

}  // namespace

CaresTcpPool::CaresTcpPool(const LoopContext& context, const TcpLimits& limits) : context_(context), limits_(limits) {}

CaresTcpPool::~CaresTcpPool() {
  for (auto& [id, exchange] : exchanges_) exchange->ending = true;
  servers_.clear();
  retired_.clear();
}

void CaresTcpPool::Start(ExchangeId id, const base::SocketAddress& server, absl::string_view query,
                         absl::Duration timeout, ExchangeHandler* handler) {
  std::unique_ptr<TcpExchange>& owned = exchanges_[id];
  owned = std::make_unique<TcpExchange>();
  TcpExchange* const exchange = owned.get();
  exchange->pool = this;
  exchange->id = id;
  exchange->query = std::string(query);
  exchange->head_size = QueryHeadSize(query);
  exchange->handler = handler;
  // A query without question is the caller's mistake; but not worth a crash.
  TcpServer* const asked = exchange->head_size == 0 ? nullptr : FindServer(server);
  if (asked == nullptr || asked->queue.size() >= limits_.max_queued) {
    return End(exchange, ExchangeFailure::kNoSocket);
  }
  exchange->server = asked;
  ++asked->live;
  TimerWheel::Cancel(asked);
  context_.timers->Set(exchange, context_.clock->MonotonicNow() + absl::ToChronoNanoseconds(timeout));
  asked->queue.push_back(exchange);
  Pump(asked);
}

void CaresTcpPool::Cancel(ExchangeId id) {
  const auto it = exchanges_.find(id);
  if (it == exchanges_.end()) return;
  it->second->handler = nullptr;
  End(it->second.get(), ExchangeFailure::kTcpFailed);
}

TcpServer* CaresTcpPool::FindServer(const base::SocketAddress& address) {
  std::string key(reinterpret_cast<const char*>(address.sockaddr_ptr()), address.sockaddr_size());
  const auto it = servers_.find(key);
  if (it != servers_.end()) return it->second.get();
  if (servers_.size() >= limits_.max_servers && !MakeRoom()) return nullptr;
  auto server = std::make_unique<TcpServer>();
  server->pool = this;
  server->key = key;
  server->address = address;
  return servers_.emplace(std::move(key), std::move(server)).first->second.get();
}

bool CaresTcpPool::MakeRoom() {
  TcpServer* oldest = nullptr;
  for (const auto& [key, server] : servers_) {
    if (server->live > 0) continue;
    if (oldest == nullptr || server->idle_since < oldest->idle_since) oldest = server.get();
  }
  if (oldest == nullptr) return false;
  Forget(oldest);
  return true;
}

// Its channel goes away in Turn(), where neither the loop nor c-ares knows of it.
void CaresTcpPool::Forget(TcpServer* server) {
  if (server->connection != nullptr) retired_.push_back(std::move(server->connection));
  servers_.erase(server->key);
}

void CaresTcpPool::Pump(TcpServer* server) {
  const size_t room = server->one_at_a_time ? 1 : limits_.max_in_flight;
  while (!server->queue.empty()) {
    TcpExchange* const exchange = server->queue.front();
    if (server->connection == nullptr) {
      absl::StatusOr<std::unique_ptr<CaresTcpChannel>> channel =
          CaresTcpChannel::Create(context_.loop, context_.random, server->address);
      if (!channel.ok()) {
        End(exchange, ExchangeFailure::kNoSocket);
        continue;
      }
      server->connection = std::make_unique<TcpConnection>();
      server->connection->channel = *std::move(channel);
    }
    TcpConnection* const connection = server->connection.get();
    if (connection->channel->in_flight() >= room) return;
    server->queue.pop_front();
    connection->shared = connection->channel->in_flight() > 0;
    ++connection->live;
    counters_.sent.Add();
    exchange->connection = connection;
    exchange->sent = context_.clock->MonotonicNow();
    connection->channel->Send(exchange);
  }
}

void TcpExchange::OnEnded(TcpQuery::End end, absl::string_view message) {
  pool->pump_ = true;
  if (ending) {
    if (told) pool->ending_.push_back(this);  // to be forgotten
    return;
  }
  switch (end) {
    case TcpQuery::End::kReply:
      has_reply = IsReplyTo(absl::string_view(query).substr(0, head_size), message);
      suspicious = !has_reply;
      if (suspicious) pool->counters_.near_misses.Add();
      if (has_reply) reply = std::string(message);
      round_trip = absl::FromChrono(pool->context_.clock->MonotonicNow() - sent);
      return pool->End(this, ExchangeFailure::kTcpFailed);
    case TcpQuery::End::kBroken:
      if (connection->shared && !sent_again) return pool->SendAgain(this);
      return pool->End(this, ExchangeFailure::kTcpFailed);
    case TcpQuery::End::kUnreachable:
      return pool->End(this, ExchangeFailure::kUnreachable);
    case TcpQuery::End::kDestroyed:
      return pool->End(this, ExchangeFailure::kTcpFailed);
  }
}

void CaresTcpPool::SendAgain(TcpExchange* exchange) {
  counters_.broken_off.Add();
  --exchange->connection->live;
  exchange->connection = nullptr;
  exchange->sent_again = true;
  exchange->server->one_at_a_time = true;
  exchange->server->queue.push_back(exchange);
}

void CaresTcpPool::End(TcpExchange* exchange, ExchangeFailure failure) {
  if (exchange->ending) return;
  exchange->ending = true;
  exchange->failure = failure;
  if (!exchange->has_reply && failure == ExchangeFailure::kNoSocket) counters_.no_socket.Add();
  TimerWheel::Cancel(exchange);
  ending_.push_back(exchange);
  pump_ = true;
  TcpServer* const server = std::exchange(exchange->server, nullptr);
  TcpConnection* const connection = std::exchange(exchange->connection, nullptr);
  if (server == nullptr) return;
  if (--server->live == 0) {
    server->idle_since = context_.clock->MonotonicNow();
    context_.timers->Set(server, server->idle_since + absl::ToChronoNanoseconds(limits_.max_idle));
  }
  if (connection == nullptr) {
    server->queue.erase(std::find(server->queue.begin(), server->queue.end(), exchange));
    return;
  }
  --connection->live;
  const bool silent = failure == ExchangeFailure::kTimeout && connection->live == 0;
  if (connection == server->connection.get() && (silent || connection->abandoned() >= kMaxAbandoned)) {
    retired_.push_back(std::move(server->connection));
  }
}

void CaresTcpPool::Turn() {
  telling_.swap(ending_);
  for (TcpExchange* const exchange : telling_) Tell(exchange);
  telling_.clear();
  if (std::exchange(pump_, false)) {
    for (const auto& [key, server] : servers_) Pump(server.get());
  }
  // Ends what c-ares still has of abandoned queries.
  std::erase_if(retired_, [](const std::unique_ptr<TcpConnection>& connection) { return connection->live == 0; });
}

void CaresTcpPool::Tell(TcpExchange* exchange) {
  ExchangeHandler* const handler = std::exchange(exchange->handler, nullptr);
  exchange->told = true;
  if (handler != nullptr && exchange->has_reply) {
    handler->OnReply(exchange->reply, exchange->round_trip);
  } else if (handler != nullptr) {
    handler->OnFailure(exchange->failure, exchange->suspicious);
  }
  if (exchange->channel == nullptr) exchanges_.erase(exchange->id);  // otherwise when c-ares lets go of it
}

}  // namespace strata::recursor
