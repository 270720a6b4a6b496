// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/tcp_listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace strata::frontend {
namespace {

constexpr int kMaxAccepts = 64;  // a turn, so that a flood of connections leaves time for queries
constexpr size_t kReadSize = 64 << 10;

}  // namespace

// One connection. Once closed, by itself or by its listener, it lives on until the loop can hold no event for it.
class TcpListener::Connection : public base::EventSource {
 public:
  Connection(TcpListener* listener, int fd, const Client& client)
      : listener_(*listener), fd_(fd), client_(client), last_active_(listener->clock_.MonotonicNow()) {
    listener_.loop_.Add(fd_, EPOLLIN, this);
  }
  ~Connection() override { HangUp(); }

  void HangUp() {
    if (fd_ < 0) return;
    listener_.unsent_bytes_ -= unsent_.size();
    listener_.loop_.Remove(fd_);
    close(fd_);
    fd_ = -1;
  }

  uint64_t id() const { return client_.connection; }
  base::MonotonicTime last_active() const { return last_active_; }
  // A query that is being resolved keeps its connection.
  bool idle() const { return unanswered_ == 0; }

  void OnReady(uint32_t events) override {
    if (fd_ < 0) return;  // hung up earlier in this turn
    if ((events & EPOLLERR) != 0 || ((events & EPOLLHUP) != 0 && (events & EPOLLIN) == 0)) return listener_.Close(this);
    if ((events & EPOLLOUT) != 0 && !Write()) return listener_.Close(this);
    if ((events & EPOLLIN) != 0) Read();
  }

  void Send(absl::string_view answer) {
    listener_.unsent_bytes_ -= unsent_.size();
    unsent_.Add(answer);
    listener_.unsent_bytes_ += unsent_.size();
    --unanswered_;
  }
  size_t unsent_bytes() const { return unsent_.size(); }
  bool busy() const { return unanswered_ > 0 || !unsent_.empty(); }

  // Takes what has come, and nothing more. False when there is nothing left to do.
  bool EndReading() {
    Read();
    ended_ = true;
    return fd_ >= 0 && Write();
  }

  // Writes what the socket takes, and settles what to wait for. False when the connection is to be closed.
  bool Write() {
    while (!unsent_.empty()) {
      const absl::string_view front = unsent_.front();
      const ssize_t written = send(fd_, front.data(), front.size(), MSG_NOSIGNAL);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
      if (written < 0) return false;
      unsent_.Pop(static_cast<size_t>(written));
      listener_.unsent_bytes_ -= static_cast<size_t>(written);
      Touch();
    }
    // The client sends no more (half-close), and has all its answers.
    if (ended_ && unanswered_ == 0 && unsent_.empty()) return false;
    // Messages that came while too much was unanswered.
    if (Readable() && framing_.mid_message() && HandleMessages()) listener_.handler_.Flush();
    Await();
    return true;
  }

 private:
  bool Readable() const {
    return !ended_ && unanswered_ < listener_.options_.max_pipelined &&
           unsent_.size() < listener_.options_.max_unsent_bytes;
  }

  void Touch() { last_active_ = listener_.clock_.MonotonicNow(); }

  void Await() {
    if (fd_ < 0) return;  // closed for the room that its own answers took
    const uint32_t events = (Readable() ? EPOLLIN : 0u) | (unsent_.empty() ? 0u : EPOLLOUT);
    if (events == awaited_) return;
    awaited_ = events;
    listener_.loop_.Change(fd_, events, this);
  }

  void Read() {
    std::string& buffer = listener_.read_buffer_;
    const ssize_t got = recv(fd_, buffer.data(), buffer.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return;
    if (got < 0) return listener_.Close(this);
    if (got == 0) ended_ = true;
    framing_.Append(absl::string_view(buffer.data(), static_cast<size_t>(got)));
    HandleMessages();
    listener_.handler_.Flush();
    listener_.Flush();
    // Flush() may have closed it.
    if (fd_ >= 0 && !Write()) listener_.Close(this);
  }

  // Whether there was any.
  bool HandleMessages() {
    bool any = false;
    while (unanswered_ < listener_.options_.max_pipelined && unsent_.size() < listener_.options_.max_unsent_bytes) {
      const std::optional<absl::string_view> message = framing_.Next();
      if (!message.has_value()) break;
      any = true;
      Touch();
      ++unanswered_;
      if (!listener_.handler_.OnMessage(*message, client_)) --unanswered_;
    }
    return any;
  }

  TcpListener& listener_;
  int fd_;  // -1 once hung up
  const Client client_;
  MessageFraming framing_;
  AnswerQueue unsent_;
  int unanswered_ = 0;
  bool ended_ = false;
  uint32_t awaited_ = EPOLLIN;
  base::MonotonicTime last_active_;
};

TcpListener::TcpListener(int fd, const Options& options, base::EventLoop* loop, QueryHandler* handler,
                         const base::Clock& clock)
    : fd_(fd),
      options_(options),
      loop_(*loop),
      handler_(*handler),
      clock_(clock),
      answer_(new char[65535]),
      read_buffer_(kReadSize, '\0') {
  loop_.Add(fd_, EPOLLIN, this);
}

TcpListener::~TcpListener() { StopListening(); }

void TcpListener::StopListening() {
  if (fd_ < 0) return;
  loop_.Remove(fd_);
  close(fd_);
  fd_ = -1;
}

void TcpListener::Leave() {
  // Those whose handshake is done would be reset.
  OnReady(EPOLLIN);
  StopListening();
  for (size_t slot = 0; slot < connections_.size(); ++slot) {
    Connection* connection = connections_[slot].get();
    if (connection != nullptr && !connection->EndReading()) Close(connection);
  }
}

bool TcpListener::busy() const {
  return std::any_of(connections_.begin(), connections_.end(),
                     [](const auto& connection) { return connection != nullptr && connection->busy(); });
}

void TcpListener::OnReady(uint32_t) {
  for (int i = 0; i < kMaxAccepts; ++i) {
    Client client;
    client.transport = this;
    client.peer_size = sizeof client.peer;
    const int fd =
        accept4(fd_, reinterpret_cast<sockaddr*>(&client.peer), &client.peer_size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      Accept(fd, client);
      continue;
    }
    // Out of descriptors: room is made so that the client in the queue is not left there for ever.
    if (errno == EMFILE || errno == ENFILE) CloseQuietest();
    return;
  }
}

void TcpListener::Accept(int fd, Client client) {
  if (connections() >= options_.max_connections) CloseQuietest();
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  uint32_t slot = 0;
  if (free_.empty()) {
    slot = static_cast<uint32_t>(connections_.size());
    connections_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  client.connection = uint64_t{++generation_} << 32 | slot;
  connections_[slot] = std::make_unique<Connection>(this, fd, client);
}

void TcpListener::Close(Connection* connection) {
  const auto slot = static_cast<uint32_t>(connection->id());
  if (connections_[slot].get() != connection) return;  // closed already in this turn
  connection->HangUp();
  closed_.push_back(std::move(connections_[slot]));
  free_.push_back(slot);
}

void TcpListener::CloseQuietest() {
  Connection* quietest = nullptr;
  for (const auto& connection : connections_) {
    if (connection == nullptr) continue;
    if (quietest == nullptr || connection->last_active() < quietest->last_active()) quietest = connection.get();
  }
  if (quietest != nullptr) Close(quietest);
}

void TcpListener::CloseFullest() {
  Connection* fullest = nullptr;
  for (const auto& connection : connections_) {
    if (connection == nullptr) continue;
    if (fullest == nullptr || connection->unsent_bytes() > fullest->unsent_bytes()) fullest = connection.get();
  }
  if (fullest != nullptr) Close(fullest);
}

void TcpListener::OnTick() {
  closed_.clear();
  const base::MonotonicTime now = clock_.MonotonicNow();
  for (const auto& connection : connections_) {
    if (connection == nullptr) continue;
    const absl::Duration quiet = absl::FromChrono(now - connection->last_active());
    if (connection->idle() && quiet > options_.idle_timeout) Close(connection.get());
  }
}

void TcpListener::Commit(const Client& client, size_t size) {
  Connection* connection = connections_[static_cast<uint32_t>(client.connection)].get();
  if (connection == nullptr || connection->id() != client.connection) return;
  connection->Send(absl::string_view(answer_.get(), size));
  unflushed_.push_back(client.connection);
  if (unsent_bytes_ > options_.max_total_unsent_bytes) CloseFullest();
}

void TcpListener::Flush() {
  while (!unflushed_.empty()) {
    std::vector<uint64_t> ids;
    ids.swap(unflushed_);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (const uint64_t id : ids) {
      Connection* connection = connections_[static_cast<uint32_t>(id)].get();
      if (connection != nullptr && connection->id() == id && !connection->Write()) Close(connection);
    }
  }
}

}  // namespace strata::frontend
