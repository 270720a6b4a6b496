// What we rely on in c-ares, and what we avoid, asked of the library itself: another libcares that behaves otherwise
// fails here, and not in production. The names of the tests are what is so; whether we like it is in their comments.
//
// SPDX-License-Identifier: Apache-2.0
#include <ares.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/event_loop.h"
#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/net/cares_library.h"
#include "recursor/net/testing/label_server.h"

namespace strata::recursor {
namespace {

using testing::FakeQuery;
using testing::FakeServer;
using testing::kOptSize;
using testing::LabelServer;
using testing::QueryFor;
using testing::QueryWithOpt;
using testing::ReplyTo;

constexpr int kUdpFlags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC | ARES_FLAG_STAYOPEN | ARES_FLAG_EDNS;
constexpr int kTcpFlags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_USEVC | ARES_FLAG_STAYOPEN;

// How a query ended.
struct Ended {
  int calls = 0;
  int status = -1;
  std::string message;

  static void Hook(void* argument, int status, int, unsigned char* message, int size) {
    auto* const self = static_cast<Ended*>(argument);
    ++self->calls;
    self->status = status;
    if (message != nullptr) self->message = std::string(reinterpret_cast<char*>(message), size);
  }
};

// A channel with c-ares' own sockets, on a loop.
class Channel final : base::EventSource {
 public:
  Channel(base::EventLoop* loop, const base::SocketAddress& server, int flags, int tries) : loop_(*loop) {
    EXPECT_TRUE(InitCares().ok());
    channel_ = *MakeCaresChannel(
        {.flags = flags, .tries = tries, .socket_state_callback = SocketState, .socket_state_argument = this});
    EXPECT_EQ(ares_set_servers_ports_csv(channel_.get(), server.ToText().c_str()), ARES_SUCCESS);
  }
  ~Channel() override { channel_.reset(); }

  void Send(const std::string& query, Ended* ended) {
    ares_send(channel_.get(), reinterpret_cast<const unsigned char*>(query.data()), static_cast<int>(query.size()),
              Ended::Hook, ended);
  }
  Ended Ask(const std::string& query) {
    Ended ended;
    Send(query, &ended);
    while (ended.calls == 0) loop_.RunOnce(absl::InfiniteDuration());
    return ended;
  }
  ares_channel get() const { return channel_.get(); }
  // Of these, sockets that had been closed when that was said.
  int closed_too_early() const { return closed_too_early_; }
  int closed() const { return closed_; }

 private:
  static void SocketState(void* argument, ares_socket_t fd, int readable, int writable) {
    auto* const self = static_cast<Channel*>(argument);
    if (!readable && !writable) {
      ++self->closed_;
      self->closed_too_early_ += fcntl(fd, F_GETFD) < 0;
      self->loop_.Remove(fd);
      self->fd_ = -1;
    } else if (self->fd_ == fd) {
      self->loop_.Change(fd, EPOLLIN | (writable ? uint32_t{EPOLLOUT} : 0), self);
    } else {
      EXPECT_EQ(self->fd_, -1) << "two sockets at a time";
      self->fd_ = fd;
      self->loop_.Add(fd, EPOLLIN | (writable ? uint32_t{EPOLLOUT} : 0), self);
    }
  }
  void OnReady(uint32_t events) override {
    if (fd_ < 0) return;
    ares_process_fd(channel_.get(), fd_, (events & EPOLLOUT) != 0 ? fd_ : ARES_SOCKET_BAD);
  }

  base::EventLoop& loop_;
  int fd_ = -1;
  int closed_ = 0;
  int closed_too_early_ = 0;
  CaresChannel channel_;
};

class CaresContractTest : public ::testing::Test {
 protected:
  static std::string Query(absl::string_view label, uint16_t id = 4711) {
    std::string query = QueryWithOpt(absl::StrCat(label, ".wWw.example."));
    dns::SetU16(query.data(), 0, id);
    return query;
  }
  const std::vector<FakeQuery>& queries() { return server_.server().queries(); }

  base::EventLoop loop_;
  LabelServer server_{&loop_};
};

TEST_F(CaresContractTest, OurOctetsAreSentAsTheyAre) {
  for (const bool tcp : {false, true}) {
    Channel channel(&loop_, server_.address(), tcp ? kTcpFlags : kUdpFlags, 1);
    EXPECT_EQ(channel.Ask(Query("plain")).status, ARES_SUCCESS);
    EXPECT_EQ(queries().back().message, Query("plain"));
    EXPECT_EQ(queries().back().tcp(), tcp);
  }
}

// What we rely on with NOCHECKRESP, IGNTC and EDNS: these replies come as they are.
TEST_F(CaresContractTest, ErrorsTruncatedAndLargeRepliesComeWhole) {
  for (const bool tcp : {false, true}) {
    Channel channel(&loop_, server_.address(), tcp ? kTcpFlags : kUdpFlags, 1);
    for (const char* const label :
         {"servfail", "refused", "notimp", "nxdomain", "formerr-opt", "tc", "big-600", "big-4096"}) {
      const Ended ended = channel.Ask(Query(label));
      EXPECT_EQ(ended.status, ARES_SUCCESS) << label;
      EXPECT_EQ(ended.message, LabelServer::BadReply(label, Query(label))) << label << (tcp ? " TCP" : "");
    }
  }
}

TEST_F(CaresContractTest, OverTcpUpToTheLargestMessage) {
  Channel channel(&loop_, server_.address(), kTcpFlags, 1);
  EXPECT_EQ(channel.Ask(Query("big-65535")).message.size(), 65535u);
  EXPECT_EQ(channel.Ask(Query("slowtcp")).message, LabelServer::ProperReply(Query("slowtcp")));
}

// Which is why they are set.
TEST_F(CaresContractTest, WithoutItsFlagsItDecidesForItself) {
  Channel plain(&loop_, server_.address(), ARES_FLAG_STAYOPEN, 1);
  const Ended refused = plain.Ask(Query("servfail.only"));
  EXPECT_EQ(refused.status, ARES_ECONNREFUSED);
  EXPECT_EQ(refused.message, "");
  Channel small(&loop_, server_.address(), ARES_FLAG_IGNTC | ARES_FLAG_STAYOPEN, 1);
  EXPECT_EQ(small.Ask(Query("big-600")).message.size(), 512u) << "cut, and TC not set";
}

// We check replies before c-ares sees them since it takes these ...
TEST_F(CaresContractTest, OtherLetterCaseQrAndOpcodeAreTakenForReplies) {
  for (const bool tcp : {false, true}) {
    Channel channel(&loop_, server_.address(), tcp ? kTcpFlags : kUdpFlags, 1);
    for (const char* const label : {"case", "notresp", "opcode"}) {
      const Ended ended = channel.Ask(Query(label));
      EXPECT_EQ(ended.status, ARES_SUCCESS) << label;
      EXPECT_EQ(ended.message, LabelServer::BadReply(label, Query(label))) << label;
    }
  }
}

// ... and not these: after them comes the proper reply.
TEST_F(CaresContractTest, AnotherIdOrQuestionOrNoneIsIgnored) {
  for (const bool tcp : {false, true}) {
    Channel channel(&loop_, server_.address(), tcp ? kTcpFlags : kUdpFlags, 1);
    for (const char* const label : {"wrongid", "wrongq", "wrongport", "short", "zero", "formerr-noq"}) {
      if (tcp && (label == std::string("zero") || label == std::string("wrongport"))) continue;
      const Ended ended = channel.Ask(Query(label));
      EXPECT_EQ(ended.status, ARES_SUCCESS) << label;
      EXPECT_EQ(ended.message, LabelServer::ProperReply(Query(label))) << label;
    }
    EXPECT_EQ(channel.closed(), 0);
  }
}

// Why we show it no rcode: the query is cut and sent again, and the channel does without EDNS from then on, so that
// large replies are cut.
TEST_F(CaresContractTest, OneFormErrWithoutOptEndsEdnsOnTheChannel) {
  Channel channel(&loop_, server_.address(), kUdpFlags, 1);
  EXPECT_EQ(channel.Ask(Query("big-600")).message.size(), 600u);
  channel.Ask(Query("formerr-noopt"));
  while (queries().size() < 3) loop_.RunOnce(absl::InfiniteDuration());
  EXPECT_EQ(queries()[2].message.size(), Query("formerr-noopt").size() - kOptSize);
  EXPECT_EQ(channel.Ask(Query("big-600")).message.size(), 512u);
}

// Over TCP, where its flag is not set, it comes as it is.
TEST_F(CaresContractTest, FormErrWithoutOptOverTcp) {
  Channel channel(&loop_, server_.address(), kTcpFlags, 1);
  EXPECT_EQ(channel.Ask(Query("formerr-noopt")).message,
            LabelServer::BadReply("formerr-noopt", Query("formerr-noopt")));
}

TEST_F(CaresContractTest, ALateReplyGoesToItsOwnQuery) {
  for (const bool tcp : {false, true}) {
    Channel channel(&loop_, server_.address(), tcp ? kTcpFlags : kUdpFlags, 1);
    Ended late;
    channel.Send(Query("late", 1), &late);
    const Ended next = channel.Ask(Query("plain", 2));
    EXPECT_EQ(next.message, LabelServer::ProperReply(Query("plain", 2)));
    while (late.calls == 0) loop_.RunOnce(absl::InfiniteDuration());
    EXPECT_EQ(late.message, LabelServer::ProperReply(Query("late", 1)));
  }
}

TEST_F(CaresContractTest, TwoTriesAreTwoConnections) {
  Channel channel(&loop_, server_.address(), kTcpFlags, 2);
  const Ended ended = channel.Ask(Query("close"));
  EXPECT_EQ(ended.status, ARES_ECONNREFUSED);
  EXPECT_EQ(server_.server().connections(), 2u);
  EXPECT_EQ(queries().size(), 2u);
  EXPECT_EQ(queries()[1].message, Query("close")) << "the same octets";
}

TEST_F(CaresContractTest, AConnectionTheServerClosedIsMadeAnew) {
  Channel channel(&loop_, server_.address(), kTcpFlags, 2);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(channel.Ask(Query("plain")).status, ARES_SUCCESS);
    server_.server().Close(queries().back());
  }
  EXPECT_EQ(server_.server().connections(), 3u);
}

TEST_F(CaresContractTest, AnEmptyFrameEndsTheConnection) {
  Channel channel(&loop_, server_.address(), kTcpFlags, 1);
  EXPECT_EQ(channel.Ask(Query("zero.only")).status, ARES_ECONNREFUSED);
  EXPECT_EQ(channel.closed(), 1);
}

// epoll would not take a descriptor that is closed.
TEST_F(CaresContractTest, ItSaysThatASocketGoesBeforeItCloses) {
  {
    Channel channel(&loop_, server_.address(), kTcpFlags, 2);
    channel.Ask(Query("close"));
    EXPECT_EQ(channel.closed(), 2);
    EXPECT_EQ(channel.closed_too_early(), 0);
  }
  Ended outstanding;
  {
    Channel channel(&loop_, server_.address(), kTcpFlags, 2);
    channel.Send(Query("drop"), &outstanding);
  }
  EXPECT_EQ(outstanding.calls, 1);
  EXPECT_EQ(outstanding.status, ARES_EDESTRUCTION);
}

// The socket functions as the UDP engine uses them: a socket that is none, what is sent kept, what is received queued.
class HookedChannel {
 public:
  HookedChannel() {
    EXPECT_TRUE(InitCares().ok());
    channel_ = *MakeCaresChannel({.flags = kUdpFlags});
    ares_set_socket_functions(channel_.get(), &kFunctions, this);
  }
  void Send(const std::string& query, Ended* ended) {
    ares_send(channel_.get(), reinterpret_cast<const unsigned char*>(query.data()), static_cast<int>(query.size()),
              Ended::Hook, ended);
  }
  void Process() { ares_process_fd(channel_.get(), kSocket, ARES_SOCKET_BAD); }
  ares_channel get() const { return channel_.get(); }

  std::vector<std::string> sent;
  std::deque<std::string> received;
  int when_empty = EAGAIN;
  int sockets = 0;
  int closed = 0;

 private:
  static constexpr ares_socket_t kSocket = 1 << 30;
  static const ares_socket_functions kFunctions;
  static HookedChannel* Self(void* argument) { return static_cast<HookedChannel*>(argument); }
  static ares_ssize_t Receive(ares_socket_t, void* data, size_t size, int, sockaddr* from, ares_socklen_t* from_size,
                              void* argument) {
    HookedChannel* const self = Self(argument);
    if (self->received.empty()) {
      errno = self->when_empty;
      return -1;
    }
    const std::string message = self->received.front();
    self->received.pop_front();
    const base::SocketAddress placeholder = *base::SocketAddress::FromText(absl::StrCat(kPlaceholderServer, ":0"));
    EXPECT_GE(*from_size, placeholder.sockaddr_size());
    EXPECT_GE(size, 4096u);
    std::memcpy(from, placeholder.sockaddr_ptr(), placeholder.sockaddr_size());
    std::memcpy(data, message.data(), message.size());
    return static_cast<ares_ssize_t>(message.size());
  }
  static ares_ssize_t SendOut(ares_socket_t, const iovec* data, int count, void* argument) {
    EXPECT_EQ(count, 1);
    Self(argument)->sent.emplace_back(static_cast<const char*>(data->iov_base), data->iov_len);
    return static_cast<ares_ssize_t>(data->iov_len);
  }

  CaresChannel channel_;
};

const ares_socket_functions HookedChannel::kFunctions = {
    .asocket =
        [](int, int, int, void* self) {
          ++Self(self)->sockets;
          return kSocket;
        },
    .aclose =
        [](ares_socket_t, void* self) {
          ++Self(self)->closed;
          return 0;
        },
    .aconnect = [](ares_socket_t, const sockaddr*, ares_socklen_t, void*) { return 0; },
    .arecvfrom = Receive,
    .asendv = SendOut,
};

TEST(CaresHooks, OneCallTakesAllThatIsThere) {
  HookedChannel channel;
  constexpr size_t kQueries = 20000;
  std::vector<Ended> ended(kQueries);
  for (size_t i = 0; i < kQueries; ++i) {
    std::string query = QueryFor("a.");
    dns::SetU16(query.data(), 0, static_cast<uint16_t>(i));
    channel.Send(query, &ended[i]);
    EXPECT_EQ(channel.sent.back(), query);
  }
  // In another order.
  for (size_t i = kQueries; i-- > 0;) channel.received.push_back(ReplyTo(channel.sent[i]));
  channel.Process();
  EXPECT_TRUE(channel.received.empty());
  for (size_t i = 0; i < kQueries; ++i) {
    ASSERT_EQ(ended[i].calls, 1);
    ASSERT_EQ(ended[i].status, ARES_SUCCESS);
    ASSERT_EQ(ended[i].message, ReplyTo(channel.sent[i]));
  }
  EXPECT_EQ(channel.sockets, 1);
  EXPECT_EQ(channel.closed, 0);
  EXPECT_EQ(channel.sent.size(), kQueries) << "nothing is sent twice";
}

// A query's own header and question, as a reply: how we make it let go of a query.
TEST(CaresHooks, NamesOfEveryShapeAreRecognised) {
  const std::string label(63, 'x');
  HookedChannel channel;
  for (const std::string& name :
       {std::string("."), label + "." + label + "." + label + "." + std::string(61, 'y') + ".",
        std::string("\\000.a\\.b.\\092\\255.\\032."), std::string("_x.*.xn--a.")}) {
    Ended ended;
    channel.Send(QueryWithOpt(name), &ended);
    channel.received.push_back(ReplyTo(QueryFor(name)));
    channel.Process();
    EXPECT_EQ(ended.calls, 1) << name;
  }
}

TEST(CaresHooks, AnErrorOtherThanEagainFailsAllQueries) {
  HookedChannel channel;
  std::vector<Ended> ended(10);
  for (Ended& query : ended) channel.Send(QueryFor("a."), &query);
  channel.Process();
  for (const Ended& query : ended) EXPECT_EQ(query.calls, 0);
  channel.when_empty = ECONNREFUSED;
  channel.Process();
  for (const Ended& query : ended) EXPECT_EQ(query.status, ARES_ECONNREFUSED);
}

TEST(CaresHooks, AQueryMaySendAnotherWhenItEnds) {
  HookedChannel channel;
  struct Chain {
    HookedChannel* channel;
    int left = 1000;
    static void Hook(void* argument, int, int, unsigned char*, int) {
      auto* const self = static_cast<Chain*>(argument);
      if (--self->left > 0) self->Send();
    }
    void Send() {
      const std::string query = QueryFor("a.");
      ares_send(channel->get(), reinterpret_cast<const unsigned char*>(query.data()), static_cast<int>(query.size()),
                Hook, this);
      channel->received.push_back(ReplyTo(query));
    }
  } chain{&channel};
  chain.Send();
  channel.Process();
  EXPECT_EQ(chain.left, 0);
}

}  // namespace
}  // namespace strata::recursor
