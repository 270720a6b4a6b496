// A fake name server with a thread of its own, for tests of the whole resolver.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_TESTING_THREADED_SERVER_H_
#define STRATA_RECURSOR_TESTING_THREADED_SERVER_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <utility>

#include "absl/time/time.h"
#include "base/event_loop.h"
#include "base/socket_address.h"
#include "recursor/net/testing/fake_server.h"

namespace strata::recursor::testing {

class ThreadedServer {
 public:
  // Is called on the server's thread.
  using Behaviour = std::function<void(FakeServer*, const FakeQuery&)>;

  explicit ThreadedServer(Behaviour behaviour) : server_(&loop_), behaviour_(std::move(behaviour)) {
    server_.set_behaviour([this](const FakeQuery& query) {
      ++queries_;
      behaviour_(&server_, query);
    });
    thread_ = std::thread([this] {
      while (!stop_) loop_.RunOnce(absl::InfiniteDuration());
    });
  }
  ~ThreadedServer() {
    stop_ = true;
    loop_.Wake();
    thread_.join();
  }

  const base::SocketAddress& address() const { return server_.address(); }
  size_t queries() const { return queries_; }

 private:
  base::EventLoop loop_;
  FakeServer server_;
  const Behaviour behaviour_;
  std::atomic<size_t> queries_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_TESTING_THREADED_SERVER_H_
