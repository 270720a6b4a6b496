// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_table.h"

#include <sys/epoll.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace strata::frontend {
namespace {

// One buffer for all connections: a full pipeline of queries is read by one system call.
constexpr size_t kReadSize = 64 << 10;

constexpr absl::Duration kKeepaliveUnit = absl::Milliseconds(100);  // RFC 7828 §3.1

}  // namespace

StreamTable::StreamTable(const Options& options, base::EventLoop* loop, MessageHandler* handler,
                         const base::Clock& clock)
    : options_(options), loop_(*loop), handler_(*handler), clock_(clock), read_buffer_(new char[kReadSize]) {}

StreamTable::~StreamTable() {
  for (const auto& connection : connections_) {
    if (connection != nullptr) loop_.Remove(connection->stream().fd());
  }
}

base::MonotonicTime StreamTable::Now() {
  if (!now_is_fresh_) now_ = clock_.MonotonicNow();
  now_is_fresh_ = true;
  return now_;
}

// ---- Coming and going

bool StreamTable::MakeRoomFor(const ClientPrefix& client) {
  const auto limit = static_cast<size_t>(options_.max_connections_per_client);
  if (limit > 0 && clients_.held(client) >= limit) {
    StreamConnection* quietest = clients_.Quietest(client);
    if (quietest == nullptr) return false;
    Close(quietest, CloseReason::kClientLimit);
  }
  if (size() < options_.max_connections) return true;
  StreamConnection* displaced = clients_.Displaced(client);
  if (displaced == nullptr) return false;
  Close(displaced, CloseReason::kEvicted);
  return true;
}

bool StreamTable::Add(std::unique_ptr<OctetStream> stream, Client client) {
  const ClientPrefix owner = StreamClients::ClientOf(client.peer);
  if (!MakeRoomFor(owner)) {
    counters_.refused.Add();
    stream->Close(/*reset=*/true);
    return false;
  }
  uint32_t slot = 0;
  if (free_.empty()) {
    slot = static_cast<uint32_t>(connections_.size());
    connections_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  client.connection = uint64_t{++generation_} << 32 | slot;
  const StreamConnection::Limits limits{options_.max_pipelined, options_.max_unsent_bytes};
  StreamConnection::Observer* const observer = this;
  connections_[slot] = std::make_unique<StreamConnection>(std::move(stream), client, limits, observer);
  StreamConnection* connection = connections_[slot].get();
  connection->awaited = EPOLLIN;
  loop_.Add(connection->stream().fd(), EPOLLIN, connection);
  clients_.Add(owner, &connection->in_clients);
  timers_.AwaitInput(&connection->in_timers, StreamTimers::kQuery, /*anew=*/true, Now());
  connection->last_active = Now();
  counters_.accepted.Add();
  counters_.open.Set(size());
  return true;
}

bool StreamTable::MakeRoom() {
  counters_.out_of_files.Add();
  StreamConnection* displaced = clients_.Displaced(ClientPrefix());
  if (displaced == nullptr) return false;
  Close(displaced, CloseReason::kEvicted);
  return true;
}

void StreamTable::Close(StreamConnection* connection, CloseReason reason) {
  if (connection->closed) return;
  connection->closed = true;
  counters_.Closed(reason).Add();
  clients_.Remove(&connection->in_clients);
  timers_.Remove(&connection->in_timers);
  load_.Set(&connection->in_load, 0);
  counters_.held_octets.Set(static_cast<int64_t>(load_.total()));
  loop_.Remove(connection->stream().fd());
  // Who was too slow is not to go on holding the kernel's memory.
  connection->stream().Close(/*reset=*/connection->unsent() > 0 || reason == CloseReason::kSlow);
  const auto slot = static_cast<uint32_t>(connection->client().connection);
  closed_.push_back(std::move(connections_[slot]));
  free_.push_back(slot);
  counters_.open.Set(size());
}

StreamConnection* StreamTable::Find(uint64_t id) const {
  StreamConnection* connection = connections_[static_cast<uint32_t>(id)].get();
  return connection != nullptr && connection->client().connection == id ? connection : nullptr;
}

void StreamTable::Leave() {
  leaving_ = true;
  for (const auto& connection : connections_) {
    if (connection != nullptr) connection->last_active = Now();
  }
}

void StreamTable::Expel() {
  for (size_t slot = 0; slot < connections_.size(); ++slot) {
    if (connections_[slot] != nullptr) Expel(connections_[slot].get());
  }
}

void StreamTable::Expel(StreamConnection* connection) {
  if (connection->expelled) return;
  if (connection->readable()) Read(connection);
  if (connection->closed) return;
  connection->expelled = !connection->ended;
  connection->ended = true;
  File(connection);
}

void StreamTable::BidFarewell(StreamConnection* connection) {
  if (connection->farewell) return;
  connection->farewell = true;
  connection->last_active = Now();
  connection->stream().CloseSending();
  timers_.AwaitInput(&connection->in_timers, StreamTimers::kNothing, /*anew=*/true, Now());
  Await(connection, EPOLLIN);
}

// What still comes crossed our end, and has no answer: its client asks again elsewhere (RFC 7766 §6.2.4).
void StreamTable::AwaitEnd(StreamConnection* connection) {
  const OctetStream::Moved moved = connection->stream().Read(read_buffer_.get(), kReadSize);
  const bool open = moved.state == OctetStream::State::kOpen || moved.state == OctetStream::State::kBlocked;
  if (!open) Close(connection, CloseReason::kDrained);
}

void StreamTable::EndQuiet() {
  for (size_t slot = 0; slot < connections_.size(); ++slot) {
    StreamConnection* connection = connections_[slot].get();
    if (connection == nullptr || connection->busy()) continue;
    const absl::Duration quiet = absl::FromChrono(Now() - connection->last_active);
    if (connection->farewell) {
      if (quiet >= kFarewell) Close(connection, CloseReason::kDrained);
    } else if (quiet >= kQuiet) {
      Expel(connection);
    }
  }
}

bool StreamTable::busy() const {
  return std::any_of(connections_.begin(), connections_.end(),
                     [](const auto& connection) { return connection != nullptr && connection->busy(); });
}

// ---- Messages in

void StreamTable::OnReady(StreamConnection* connection, uint32_t events) {
  if (connection->closed) return;  // earlier in this turn
  if (connection->farewell) return AwaitEnd(connection);
  if ((events & EPOLLERR) != 0 || ((events & EPOLLHUP) != 0 && (events & EPOLLIN) == 0)) {
    return Close(connection, CloseReason::kError);
  }
  if ((events & EPOLLOUT) != 0) {
    if (!connection->SendQueue()) return Close(connection, CloseReason::kError);
    File(connection);
  }
  if ((events & EPOLLIN) == 0 || connection->closed) return;
  if (connection->readable()) return Read(connection);
  counters_.pauses.Add();
  Await(connection, connection->awaited & ~static_cast<uint32_t>(EPOLLIN));
}

void StreamTable::Read(StreamConnection* connection) {
  const OctetStream::Moved moved = connection->stream().Read(read_buffer_.get(), kReadSize);
  switch (moved.state) {
    case OctetStream::State::kBlocked:
      return;
    case OctetStream::State::kFailed:
      return Close(connection, CloseReason::kError);
    case OctetStream::State::kEnded:
      connection->ended = true;
      break;
    case OctetStream::State::kOpen:
      connection->framing.Take(absl::string_view(read_buffer_.get(), moved.octets));
      HandleMessages(connection);
      connection->framing.Keep();
      // What was answered at once leaves at once, from a buffer that is still in the cache.
      Send();
      break;
  }
  File(connection);
}

void StreamTable::HandleMessages(StreamConnection* connection) {
  current_ = connection;
  while (connection->may_handle()) {
    const std::optional<absl::string_view> message = connection->framing.Next();
    if (!message.has_value()) break;
    counters_.queries.Add();
    connection->message_came = true;
    ++connection->unanswered;
    if (handler_.OnMessage(*message, connection->client())) continue;
    --connection->unanswered;
    // No client sends what has no answer. It is told by the end of the connection, as NSD, Knot and BIND do, once what
    // it asked before is answered.
    connection->dismissed = true;
  }
  current_ = nullptr;
}

void StreamTable::Resume() {
  std::vector<StreamConnection*> resumable;
  resumable.swap(resumable_);
  for (StreamConnection* connection : resumable) {
    connection->to_resume = false;
    HandleMessages(connection);
    connection->framing.Keep();
    File(connection);
  }
  handler_.Flush();
}

// ---- Answers out

char* StreamTable::Prepare() {
  if (!outbox_.has_room()) Send();
  return outbox_.message();
}

void StreamTable::Commit(const Client& client, size_t size) {
  StreamConnection* connection = Find(client.connection);
  if (connection == nullptr) return;
  connection->OnAnswer(size);
  outbox_.Add(&connection->chain, size);
  if (connection->in_chains) return;
  connection->in_chains = true;
  chains_.push_back(connection);
}

void StreamTable::Send() {
  for (StreamConnection* connection : chains_) {
    connection->in_chains = false;
    if (connection->closed) continue;
    if (!connection->Send(&outbox_)) {
      Close(connection, CloseReason::kError);
    } else if (connection != current_) {
      File(connection);
    } else {
      // Filed when its messages are handled; what it holds counts from now on.
      load_.Set(&connection->in_load, connection->queue.size() + connection->framing.buffered());
    }
    while (load_.total() > options_.max_held_bytes) Close(load_.Heaviest(), CloseReason::kMemory);
  }
  chains_.clear();
  outbox_.Clear();
}

void StreamTable::EndTurn() {
  Send();
  while (!resumable_.empty()) {
    Resume();
    Send();
  }
  closed_.clear();
  now_is_fresh_ = false;
}

// ---- Where a connection stands

StreamTimers::Wait StreamTable::WaitOf(const StreamConnection& connection) const {
  // While it is read no further, that nothing comes is no fault of its client.
  if (connection.framing.mid_message()) return connection.readable() ? StreamTimers::kMessage : StreamTimers::kNothing;
  if (connection.busy()) return StreamTimers::kNothing;
  return connection.promised ? StreamTimers::kPromise : StreamTimers::kQuery;
}

CloseReason StreamTable::ReasonOfEnd(const StreamConnection& connection) const {
  if (connection.dismissed) return CloseReason::kNoQuery;
  return CloseReason::kClient;
}

void StreamTable::File(StreamConnection* connection) {
  if (connection->closed) return;
  if (connection->done()) {
    if (connection->expelled && !connection->dismissed) return BidFarewell(connection);
    return Close(connection, ReasonOfEnd(*connection));
  }
  const size_t taken = std::exchange(connection->taken, 0);
  const bool message_came = std::exchange(connection->message_came, false);
  const bool active = message_came || taken > 0;
  if (leaving_) connection->last_active = Now();
  clients_.SetWorking(&connection->in_clients, connection->unanswered > 0);
  if (active) clients_.Touch(&connection->in_clients);
  const StreamTimers::Wait wait = WaitOf(*connection);
  // Taking answers is no excuse for not finishing a message.
  timers_.AwaitInput(&connection->in_timers, wait, wait == StreamTimers::kMessage ? message_came : active, Now());
  timers_.AwaitOutput(&connection->in_timers, connection->unsent(), taken, Now());
  load_.Set(&connection->in_load, connection->queue.size() + connection->framing.buffered());
  counters_.held_octets.Set(static_cast<int64_t>(load_.total()));
  if (!connection->to_resume && connection->may_handle() && connection->framing.has_message()) {
    connection->to_resume = true;
    resumable_.push_back(connection);
  }
  // Who is read no further for now is still listened to: often the pause is over before more comes.
  const bool listen = connection->readable() || (!connection->ended && (connection->awaited & EPOLLIN) != 0);
  Await(connection, (listen ? EPOLLIN : 0u) | (connection->queue.empty() ? 0u : EPOLLOUT));
}

void StreamTable::Await(StreamConnection* connection, uint32_t events) {
  if (events == connection->awaited) return;
  connection->awaited = events;
  loop_.Change(connection->stream().fd(), events, connection);
}

absl::Duration StreamTable::IdleTimeout() const {
  const int pressed = options_.max_connections * 3 / 4;
  if (size() <= pressed) return options_.idle_timeout;
  const double free = static_cast<double>(options_.max_connections - size()) / (options_.max_connections - pressed);
  return options_.idle_timeout * std::max(free, 0.1);
}

uint16_t StreamTable::keepalive() const {
  // Nearly full, every connection that a client can do without helps.
  const bool nearly_full = size() > options_.max_connections - options_.max_connections / 16;
  if (leaving_ || nearly_full) return 0;
  if (current_ != nullptr) current_->promised = true;
  return static_cast<uint16_t>(std::clamp<int64_t>(IdleTimeout() / kKeepaliveUnit, 1, 65535));
}

void StreamTable::OnTick() {
  now_is_fresh_ = false;
  if (leaving_) EndQuiet();
  StreamTimers::Limits limits;
  limits.promise = options_.idle_timeout;
  limits.answers = options_.answer_timeout;
  while (true) {
    // Each that goes may give the others more time.
    limits.query = IdleTimeout();
    limits.message = std::min(limits.query, options_.message_timeout);
    if (StreamConnection* idle = timers_.TooIdle(limits, Now()); idle != nullptr) {
      Close(idle, CloseReason::kIdle);
    } else if (StreamConnection* slow = timers_.TooSlow(limits, Now()); slow != nullptr) {
      Close(slow, CloseReason::kSlow);
    } else {
      break;
    }
  }
  now_is_fresh_ = false;
}

}  // namespace strata::frontend
