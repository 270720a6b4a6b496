// Accepts stream connections: the part that TCP and every later transport over it have in common.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_STREAM_LISTENER_H_
#define STRATA_FRONTEND_NET_STREAM_LISTENER_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "base/event_loop.h"
#include "frontend/net/octet_stream.h"
#include "frontend/net/stream_table.h"
#include "frontend/net/transport.h"

namespace strata::frontend {

// One listening socket of one worker; the connections are in the worker's table, which answers for all of them.
// A transport is a subclass: its name, and what it makes of an accepted socket. Single-threaded, as its loop and its
// table, which outlive it.
class StreamListener : public Transport, public base::EventSource {
 public:
  // Takes over `fd`, a listening, non-blocking socket.
  StreamListener(int fd, base::EventLoop* loop, StreamTable* table);
  ~StreamListener() override;

  // Lets no new client in, but those who are on the way: the kernel would reset them if the socket were closed now. Who
  // comes new is not answered, comes again within a second, and finds another socket of the port.
  void Leave();
  // Accepts what is in the queue, and closes the socket. To be called when those on the way have had the time to come.
  void Close();
  // Closes the socket as it is: who is in the queue is for the process that is handed it next.
  void Abandon() { StopListening(); }
  // Tries again to accept, if that failed for want of descriptors. To be called every second or so while waiting().
  void OnTick();
  bool waiting() const { return waiting_; }

  // New connections.
  void OnReady(uint32_t events) override;

  bool leaving() const override { return table_.leaving(); }
  std::optional<uint16_t> keepalive() const override { return table_.keepalive(); }
  char* Prepare() override { return table_.Prepare(); }
  void Commit(const Client& client, size_t size) override { table_.Commit(client, size); }
  void Flush() override { table_.Send(); }

 protected:
  // Takes over the accepted socket, which is non-blocking.
  virtual std::unique_ptr<OctetStream> Open(int fd) = 0;

 private:
  // False when there is no more to accept, or no descriptor for it.
  bool Accept();
  void Wait(bool waiting);
  void StopListening();

  int fd_;  // -1 after Close()
  base::EventLoop& loop_;
  StreamTable& table_;
  bool waiting_ = false;  // until the next tick, for descriptors
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_STREAM_LISTENER_H_
