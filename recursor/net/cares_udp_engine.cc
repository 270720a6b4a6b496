// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_udp_engine.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "dns/header.h"
#include "recursor/net/reply_check.h"

namespace strata::recursor {

// From Start() until the handler was told and c-ares has let go of it.
struct UdpExchange final : Timer {
  void OnExpired() override { engine->End(this, waiting ? ExchangeFailure::kNoSocket : ExchangeFailure::kTimeout); }
  absl::string_view head() const { return absl::string_view(query).substr(0, head_size); }

  CaresUdpEngine* engine = nullptr;
  ExchangeId id = 0;
  base::SocketAddress server;
  std::string query;
  size_t head_size = 0;
  ExchangeHandler* handler = nullptr;  // nullptr: cancelled, or told
  base::MonotonicTime sent;
  base::MonotonicTime deadline;
  UdpSocket* socket = nullptr;  // while a reply may come
  bool waiting = false;         // for a socket
  bool has_id = false;
  bool with_cares = false;
  bool told = false;
  bool suspicious = false;
  // How it ended: by a reply, in a receive slot, or without.
  bool ending = false;
  bool has_reply = false;
  absl::string_view reply;
  absl::Duration round_trip;
  ExchangeFailure failure = ExchangeFailure::kTimeout;
};

namespace {

// No descriptor can have this number: it is larger than the system allows.
constexpr ares_socket_t kVirtualSocket = 1 << 30;

// Datagrams that are looked at for each time a socket is ready: a flood of forgeries must not hold up the others.
constexpr int kMaxDatagrams = 16;

// For how long the true reply is waited for after one that is not.
constexpr absl::Duration kNearMissGrace = absl::Milliseconds(200);

// Nullopt: as good as lost on the way, which the timer takes care of.
std::optional<ExchangeFailure> FailureOf(int error) {
  switch (error) {
    case EAGAIN:
    case ENOBUFS:
    case ENOMEM:
    case EINTR:
      return std::nullopt;
    case EADDRNOTAVAIL:  // no port is left
      return ExchangeFailure::kNoSocket;
    default:
      return ExchangeFailure::kUnreachable;
  }
}

}  // namespace

const ares_socket_functions CaresUdpEngine::kSocketFunctions = {
    .asocket = [](int, int, int, void*) { return kVirtualSocket; },
    .aclose = [](ares_socket_t, void*) { return 0; },
    .aconnect = [](ares_socket_t, const sockaddr*, ares_socklen_t, void*) { return 0; },
    .arecvfrom = ReceiveHook,
    .asendv = SendHook,
};

absl::StatusOr<std::unique_ptr<CaresUdpEngine>> CaresUdpEngine::Create(const LoopContext& context,
                                                                       const UdpLimits& limits) {
  std::unique_ptr<CaresUdpEngine> engine(new CaresUdpEngine(context, limits));
  // Each flag keeps c-ares from deciding for itself: to drop a SERVFAIL, to go on by TCP, to close its socket, and to
  // cut what is larger than 512 octets.
  STRATA_ASSIGN_OR_RETURN(engine->channel_, MakeCaresChannel({.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC |
                                                                       ARES_FLAG_STAYOPEN | ARES_FLAG_EDNS}));
  ares_set_socket_functions(engine->channel_.get(), &kSocketFunctions, engine.get());
  return engine;
}

CaresUdpEngine::CaresUdpEngine(const LoopContext& context, const UdpLimits& limits)
    : context_(context),
      limits_(limits),
      sockets_(context.loop, limits.max_sockets, this),
      slots_(std::make_unique<char[]>(kReceiveSlots * kSlotSize)) {
  placeholder_.sin_family = AF_INET;
  inet_pton(AF_INET, kPlaceholderServer, &placeholder_.sin_addr);
}

CaresUdpEngine::~CaresUdpEngine() {
  for (auto& [id, exchange] : exchanges_) exchange->ending = true;
  channel_.reset();
}

void CaresUdpEngine::Start(ExchangeId id, const base::SocketAddress& server, absl::string_view query,
                           absl::Duration timeout, ExchangeHandler* handler) {
  std::unique_ptr<UdpExchange>& owned = exchanges_[id];
  owned = std::make_unique<UdpExchange>();
  UdpExchange* const exchange = owned.get();
  exchange->engine = this;
  exchange->id = id;
  exchange->server = server;
  exchange->query = std::string(query);
  exchange->head_size = QueryHeadSize(query);
  exchange->handler = handler;
  exchange->sent = context_.clock->MonotonicNow();
  // Required of the caller; but not worth a crash.
  if (exchange->head_size == 0) return End(exchange, ExchangeFailure::kNoSocket);
  // Who comes after those that wait does not overtake them.
  UdpSocket* const socket = waiting_.empty() ? sockets_.Take(server.family()) : nullptr;
  // Nor does anybody wait for what nobody will give back.
  const bool hopeless = waiting_.empty() && sockets_.taken() == 0;
  if (socket == nullptr && (hopeless || waiting_.size() >= limits_.max_waiting)) {
    return End(exchange, ExchangeFailure::kNoSocket);
  }
  exchange->deadline = exchange->sent + absl::ToChronoNanoseconds(timeout);
  context_.timers->Set(exchange, exchange->deadline);
  if (socket != nullptr) return Send(exchange, socket);
  counters_.waited.Add();
  exchange->waiting = true;
  waiting_.push_back(exchange);
}

void CaresUdpEngine::Cancel(ExchangeId id) {
  const auto it = exchanges_.find(id);
  if (it == exchanges_.end()) return;
  it->second->handler = nullptr;
  End(it->second.get(), ExchangeFailure::kTimeout);
}

void CaresUdpEngine::Send(UdpExchange* exchange, UdpSocket* socket) {
  socket->owner = exchange;
  exchange->socket = socket;
  if (connect(socket->fd, exchange->server.sockaddr_ptr(), exchange->server.sockaddr_size()) != 0) {
    return End(exchange, FailureOf(errno).value_or(ExchangeFailure::kNoSocket));
  }
  // c-ares tells queries apart by ID and question: no two that are outstanding have the same ID.
  uint16_t query_id = context_.random->U16();
  while (ids_in_use_[query_id]) query_id = context_.random->U16();
  ids_in_use_[query_id] = true;
  exchange->has_id = true;
  dns::SetU16(exchange->query.data(), 0, query_id);
  exchange->with_cares = true;
  exchange->sent = context_.clock->MonotonicNow();
  counters_.sent.Add();
  sending_ = exchange;
  ares_send(channel_.get(), reinterpret_cast<const unsigned char*>(exchange->query.data()),
            static_cast<int>(exchange->query.size()), EndedHook, exchange);
  sending_ = nullptr;
}

// Never fails towards c-ares, which would call back at once.
ares_ssize_t CaresUdpEngine::SendHook(ares_socket_t, const iovec* data, int count, void* engine) {
  auto* const self = static_cast<CaresUdpEngine*>(engine);
  size_t size = 0;
  for (int i = 0; i < count; ++i) size += data[i].iov_len;
  // Not during ares_send(): c-ares sends something again, which it is never told to.
  if (self->sending_ == nullptr) return static_cast<ares_ssize_t>(size);
  if (writev(self->sending_->socket->fd, data, count) < 0) {
    const std::optional<ExchangeFailure> failure = FailureOf(errno);
    if (failure) self->End(self->sending_, *failure);
  }
  return static_cast<ares_ssize_t>(size);
}

void CaresUdpEngine::OnReadable(UdpSocket* socket) {
  UdpExchange* const exchange = socket->owner;
  for (int i = 0; i < kMaxDatagrams && slots_used_ < kReceiveSlots; ++i) {
    char* const slot = slots_.get() + slots_used_ * kSlotSize;
    const ssize_t size = recv(socket->fd, slot, kSlotSize, MSG_DONTWAIT | MSG_TRUNC);
    if (size < 0) {
      const std::optional<ExchangeFailure> failure = FailureOf(errno);
      if (failure) End(exchange, *failure);
      return;
    }
    const absl::string_view message(slot, std::min<size_t>(size, kSlotSize));
    if (static_cast<size_t>(size) <= kSlotSize && IsReplyTo(exchange->head(), message)) {
      ++slots_used_;
      exchange->has_reply = true;
      exchange->reply = message;
      exchange->round_trip = absl::FromChrono(context_.clock->MonotonicNow() - exchange->sent);
      return End(exchange, ExchangeFailure::kTimeout);
    }
    counters_.near_misses.Add();
    OnNearMiss(exchange);
  }
}

// The true reply may be right behind. If not, the server is one that does not keep the letter case, or somebody forges:
// another way is better than to wait on.
void CaresUdpEngine::OnNearMiss(UdpExchange* exchange) {
  if (std::exchange(exchange->suspicious, true) || exchange->ending) return;
  const base::MonotonicTime soon = context_.clock->MonotonicNow() + absl::ToChronoNanoseconds(kNearMissGrace);
  if (soon < exchange->deadline) context_.timers->Set(exchange, soon);
}

void CaresUdpEngine::End(UdpExchange* exchange, ExchangeFailure failure) {
  if (exchange->ending) return;
  exchange->ending = true;
  exchange->failure = failure;
  if (!exchange->has_reply && failure == ExchangeFailure::kNoSocket) counters_.no_socket.Add();
  TimerWheel::Cancel(exchange);
  if (exchange->socket != nullptr) sockets_.Release(std::exchange(exchange->socket, nullptr));
  if (exchange->waiting) waiting_.erase(std::find(waiting_.begin(), waiting_.end(), exchange));
  exchange->waiting = false;
  ending_.push_back(exchange);
}

ares_ssize_t CaresUdpEngine::ReceiveHook(ares_socket_t, void* data, size_t size, int, sockaddr* from,
                                         ares_socklen_t* from_size, void* engine) {
  auto* const self = static_cast<CaresUdpEngine*>(engine);
  while (self->received_ < self->ending_.size()) {
    const UdpExchange& exchange = *self->ending_[self->received_++];
    if (!exchange.with_cares) continue;
    const absl::string_view message = exchange.has_reply ? exchange.reply : exchange.head();
    const size_t copied = std::min(message.size(), size);
    char* const buffer = static_cast<char*>(data);
    std::memcpy(buffer, message.data(), copied);
    // NOERROR, whatever it was: at a FORMERR without OPT c-ares would cut eleven octets off the query, send it again,
    // and do without EDNS for all queries to come. The handler gets the reply from its slot.
    dns::SetU16(buffer, dns::kFlagsOffset, (dns::GetU16(message, dns::kFlagsOffset) & ~dns::kRcodeMask) | dns::kQr);
    std::memcpy(from, &self->placeholder_, std::min<size_t>(*from_size, sizeof self->placeholder_));
    return static_cast<ares_ssize_t>(copied);
  }
  errno = EAGAIN;  // any other error would fail all queries of the channel
  return -1;
}

void CaresUdpEngine::EndedHook(void* argument, int, int, unsigned char*, int) {
  auto* const exchange = static_cast<UdpExchange*>(argument);
  CaresUdpEngine* const self = exchange->engine;
  exchange->with_cares = false;
  if (exchange->told) {
    self->ending_.push_back(exchange);  // to be forgotten
  } else {
    self->End(exchange, ExchangeFailure::kNoSocket);  // unless it is ending already: c-ares has no memory
  }
}

void CaresUdpEngine::Turn() {
  if (!ending_.empty()) {
    received_ = 0;
    ares_process_fd(channel_.get(), kVirtualSocket, ARES_SOCKET_BAD);
    telling_.swap(ending_);
    for (UdpExchange* const exchange : telling_) Tell(exchange);
    telling_.clear();
    slots_used_ = 0;
  }
  SendWaiting();
}

void CaresUdpEngine::Tell(UdpExchange* exchange) {
  ExchangeHandler* const handler = std::exchange(exchange->handler, nullptr);
  exchange->told = true;
  if (handler != nullptr && exchange->has_reply) {
    handler->OnReply(exchange->reply, exchange->round_trip);
  } else if (handler != nullptr) {
    handler->OnFailure(exchange->failure, exchange->suspicious);
  }
  // Should c-ares not have recognised it, it still points there, and lets go when its own timeout runs out.
  if (exchange->with_cares) return;
  if (exchange->has_id) ids_in_use_[dns::GetU16(exchange->query, 0)] = false;
  exchanges_.erase(exchange->id);
}

void CaresUdpEngine::SendWaiting() {
  while (!waiting_.empty()) {
    UdpExchange* const exchange = waiting_.front();
    UdpSocket* const socket = sockets_.Take(exchange->server.family());
    if (socket == nullptr) return;
    waiting_.pop_front();
    exchange->waiting = false;
    Send(exchange, socket);
  }
}

}  // namespace strata::recursor
