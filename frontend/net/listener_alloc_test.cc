// Counts allocations: a query that is answered by a backend of this process makes none on its way through a listener,
// over UDP and over TCP.
//
// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

#include "base/testing/fake_clock.h"
#include "frontend/net/listen_sockets.h"
#include "frontend/net/tcp_listener.h"
#include "frontend/net/udp_listener.h"
#include "frontend/query/query_handler.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/framed.h"
#include "frontend/testing/messages.h"
#include "gtest/gtest.h"

namespace {
std::atomic<int> allocations{0};

void* Allocate(size_t size) {
  ++allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  return memory;
}
}  // namespace

void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using testing::EdnsQuery;
using testing::FakeBackend;
using testing::Framed;
using testing::Wire;
using testing::Zones;

class ListenerAllocationTest : public ::testing::Test {
 protected:
  ListenerAllocationTest() {
    zones_.Publish(Zones({{"test.", 1}}));
    backend_.set_events(handler_.replica_events());
    handler_.AddReplica(&backend_);
    backend_.GoUp();
    backend_.on_submit = [this](const BackendQuery& query) { backend_.Answer(query.id, answer_); };
    auto opened = OpenListenSockets(base::SocketAddress::FromText("127.0.0.1:0").value(), 1, false);
    EXPECT_TRUE(opened.ok()) << opened.status();
    udp_ = std::make_unique<UdpListener>(opened->udp[0], &loop_, &handler_, clock_);
    tcp_ = std::make_unique<TcpListener>(opened->tcp[0], &loop_, &table_);
    address_ = opened->address;
  }
  ~ListenerAllocationTest() override { close(client_); }

  void Connect(int type) {
    client_ = socket(AF_INET, type, 0);
    ASSERT_EQ(connect(client_, address_.sockaddr_ptr(), address_.sockaddr_size()), 0);
  }

  // Of rounds in which `octets` are sent, and all is answered.
  int AllocationsOf(const std::string& octets) {
    static char buffer[1 << 20];
    const auto round = [&] {
      EXPECT_EQ(send(client_, octets.data(), octets.size(), 0), static_cast<ssize_t>(octets.size()));
      for (int i = 0; i < 4; ++i) {
        loop_.RunOnce(absl::ZeroDuration());
        handler_.Flush();
        udp_->Flush();
        table_.EndTurn();
      }
      table_.OnTick();
      for (ssize_t got = 0; (got = recv(client_, buffer, sizeof buffer, MSG_DONTWAIT)) > 0;) received_ += got;
    };
    for (int i = 0; i < 3; ++i) round();
    const int before = allocations;
    for (int i = 0; i < 20; ++i) round();
    return allocations - before;
  }

  base::testing::FakeClock clock_;
  PublishedZones zones_;
  base::EventLoop loop_;
  FakeBackend backend_;
  const std::string answer_ = AnswerTo("www.a.test.", dns::rr_type::kA, 200);
  QueryHandler handler_{QueryHandler::Options(), zones_, clock_};
  StreamTable table_{StreamTable::Options(), &loop_, &handler_, clock_};
  base::SocketAddress address_;
  std::unique_ptr<UdpListener> udp_;
  std::unique_ptr<TcpListener> tcp_;
  int client_ = -1;
  ssize_t received_ = 0;
};

TEST_F(ListenerAllocationTest, Udp) {
  Connect(SOCK_DGRAM);
  EXPECT_EQ(AllocationsOf(Wire(EdnsQuery("www.a.test.", 1232))), 0);
  EXPECT_GT(received_, 23 * 200);
}

TEST_F(ListenerAllocationTest, Tcp) {
  Connect(SOCK_STREAM);
  EXPECT_EQ(AllocationsOf(Framed(Wire(EdnsQuery("www.a.test.", 1232)))), 0);
  EXPECT_GT(received_, 23 * 200);
}

TEST_F(ListenerAllocationTest, PipelineThatIsCutAnywhere) {
  Connect(SOCK_STREAM);
  const std::string query = Framed(Wire(EdnsQuery("www.a.test.", 1232)));
  std::string queries;
  for (int i = 0; i < 50; ++i) queries += query;
  // Each round begins and ends within a query.
  ASSERT_EQ(send(client_, queries.data(), 20, 0), 20);
  EXPECT_EQ(AllocationsOf(queries.substr(20) + queries.substr(0, 20)), 0);
  EXPECT_GT(received_, 23 * 50 * 200);
}

}  // namespace
}  // namespace strata::frontend
