// What a query costs this process, over UDP and TCP, with so many on their way at a time. The server runs in a thread
// of its own; the figure to look at is the CPU time of this one (time/op is its CPU time, queries/s are per core of
// it).
//
// bazel run //recursor/net:upstream_benchmark
//
// SPDX-License-Identifier: Apache-2.0
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/event_loop.h"
#include "base/socket_address.h"
#include "benchmark/benchmark.h"
#include "recursor/net/testing/fake_server.h"
#include "recursor/net/upstream.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor {
namespace {

// Sends back what it gets, with QR set: recvmmsg and sendmmsg, so that it is not what is measured.
class UdpEcho {
 public:
  UdpEcho() : fd_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const base::SocketAddress any_port = *base::SocketAddress::FromText("127.0.0.1:0");
    const int buffer_bytes = 4 << 20;
    setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
    if (bind(fd_, any_port.sockaddr_ptr(), any_port.sockaddr_size()) != 0) std::abort();
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    getsockname(fd_, reinterpret_cast<sockaddr*>(&name), &size);
    address_ = *base::SocketAddress::FromSockaddr(reinterpret_cast<sockaddr*>(&name), size);
    thread_ = std::thread([this] { Serve(); });
  }
  ~UdpEcho() {
    stop_ = true;
    shutdown(fd_, SHUT_RD);
    thread_.join();
    close(fd_);
  }
  const base::SocketAddress& address() const { return address_; }

 private:
  static constexpr int kBatch = 64;

  void Serve() {
    std::vector<char> octets(kBatch * 512);
    std::vector<sockaddr_storage> names(kBatch);
    std::vector<iovec> vectors(kBatch);
    std::vector<mmsghdr> messages(kBatch);
    while (!stop_) {
      for (int i = 0; i < kBatch; ++i) {
        vectors[i] = {.iov_base = &octets[i * 512], .iov_len = 512};
        messages[i] = {};
        messages[i].msg_hdr.msg_name = &names[i];
        messages[i].msg_hdr.msg_namelen = sizeof names[i];
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
      }
      const int count = recvmmsg(fd_, messages.data(), kBatch, MSG_WAITFORONE, nullptr);
      if (count <= 0) continue;
      for (int i = 0; i < count; ++i) {
        vectors[i].iov_len = messages[i].msg_len;
        if (messages[i].msg_len > 2) octets[i * 512 + 2] |= '\x80';
      }
      sendmmsg(fd_, messages.data(), static_cast<unsigned>(count), 0);
    }
  }

  const int fd_;
  base::SocketAddress address_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The tests' server, on a loop and thread of its own.
class TcpEcho {
 public:
  TcpEcho() {
    server_.set_behaviour([this](const testing::FakeQuery& query) {
      server_.Reply(query, testing::ReplyTo(query.message));
      server_.ForgetQueries();
    });
    thread_ = std::thread([this] {
      while (!stop_) loop_.RunOnce(absl::InfiniteDuration());
    });
  }
  ~TcpEcho() {
    stop_ = true;
    loop_.Wake();
    thread_.join();
  }
  const base::SocketAddress& address() const { return server_.address(); }

 private:
  base::EventLoop loop_;
  testing::FakeServer server_{&loop_};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Asks again whenever it is answered. So many are on their way at a time as Ask() was called from elsewhere.
class Asker final : public ExchangeHandler {
 public:
  Asker(UpstreamTransport* upstream, const base::SocketAddress& server, bool tcp)
      : upstream_(*upstream), server_(server), tcp_(tcp) {}
  void Ask() { upstream_.Start(server_, query_, tcp_, absl::Seconds(2), this); }
  void OnReply(absl::string_view, absl::Duration) override {
    ++replies;
    Ask();
  }
  void OnFailure(ExchangeFailure, bool) override {
    ++failures;
    Ask();
  }
  int64_t replies = 0;
  int64_t failures = 0;

 private:
  UpstreamTransport& upstream_;
  const base::SocketAddress server_;
  const bool tcp_;
  const std::string query_ = testing::QueryFor("www.example.com.");
};

void Run(benchmark::State& state, const base::SocketAddress& server, bool tcp) {
  const base::RealClock clock;
  base::EventLoop loop;
  const std::unique_ptr<Upstream> upstream = *Upstream::Create({}, clock, &loop);
  Asker asker(upstream.get(), server, tcp);
  for (int64_t i = 0; i < state.range(0); ++i) asker.Ask();
  const auto turn_until = [&](int64_t replies) {
    while (asker.replies < replies) {
      loop.RunOnce(upstream->NextTimeout());
      upstream->Turn();
    }
  };
  turn_until(1);
  const int64_t before = asker.replies;
  // An iteration is a hundred queries.
  int64_t wanted = before;
  for ([[maybe_unused]] auto _ : state) {  // NOLINT(clang-analyzer-deadcode.DeadStores)
    turn_until(wanted += 100);
  }
  state.SetItemsProcessed(asker.replies - before);
  state.counters["failures"] = static_cast<double>(asker.failures);
}

void BM_Udp(benchmark::State& state) {
  const UdpEcho echo;
  Run(state, echo.address(), false);
}
BENCHMARK(BM_Udp)->Arg(1)->Arg(64)->Arg(256)->Arg(2048);

void BM_Tcp(benchmark::State& state) {
  const TcpEcho echo;
  Run(state, echo.address(), true);
}
BENCHMARK(BM_Tcp)->Arg(1)->Arg(64);

}  // namespace
}  // namespace strata::recursor

BENCHMARK_MAIN();
