// Fuzzes the way of a connection's octets: the same messages come out however the stream is cut, in order and once;
// and the answers arrive octet for octet, however little is taken at a time, however many may wait, and whenever they
// are made. The first three octets of the input say how.
//
// SPDX-License-Identifier: Apache-2.0
#include <sys/eventfd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/event_loop.h"
#include "base/testing/fake_clock.h"
#include "frontend/net/message_framing.h"
#include "frontend/net/message_handler.h"
#include "frontend/net/octet_stream.h"
#include "frontend/net/stream_table.h"

namespace strata::frontend {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

// The messages of `stream`, by the definition.
std::vector<absl::string_view> Messages(absl::string_view stream) {
  std::vector<absl::string_view> messages;
  while (stream.size() >= 2) {
    const size_t size = static_cast<size_t>(static_cast<uint8_t>(stream[0])) << 8 | static_cast<uint8_t>(stream[1]);
    if (stream.size() - 2 < size) break;
    messages.push_back(stream.substr(2, size));
    stream.remove_prefix(2 + size);
  }
  return messages;
}

// Reads and writes that the script cuts short; then all moves, so that a run takes few turns.
constexpr int kPieces = 8;

// One that is always ready (a descriptor that is stands for it), and moves what the input says.
class FuzzedStream : public OctetStream {
 public:
  struct Script {
    absl::string_view input;
    size_t read_size;
    size_t write_size;  // 0: all
    std::string taken;
    int reads = 0, writes = 0;
    bool closed = false;
  };
  FuzzedStream(Script* script, int fd) : script_(*script), fd_(fd) {}

  int fd() const override { return fd_; }
  Moved Read(char* to, size_t size) override {
    if (script_.input.empty()) return {State::kEnded, 0};
    const size_t piece = script_.reads++ < kPieces ? script_.read_size : size;
    const size_t count = std::min({size, piece, script_.input.size()});
    std::memcpy(to, script_.input.data(), count);
    script_.input.remove_prefix(count);
    return {State::kOpen, count};
  }
  void CloseSending() override {}
  Moved Write(const iovec* slices, int count) override {
    const bool all = script_.write_size == 0 || script_.writes++ >= kPieces;
    size_t room = all ? SIZE_MAX : script_.write_size;
    if (!all && script_.writes % 2 == 0) return {State::kBlocked, 0};
    const size_t before = script_.taken.size();
    for (int i = 0; i < count && room > 0; ++i) {
      const size_t part = std::min(room, slices[i].iov_len);
      script_.taken.append(static_cast<const char*>(slices[i].iov_base), part);
      room -= part;
    }
    Require(script_.taken.size() > before);
    return {State::kOpen, script_.taken.size() - before};
  }
  void Close(bool) override { script_.closed = true; }

 private:
  Script& script_;
  const int fd_;
};

// Sends each message back: at once, later, or never.
class Echo : public MessageHandler, public Transport {
 public:
  bool OnMessage(absl::string_view message, const Client& client) override {
    handled.push_back(std::string(message));
    const unsigned when = (policy >> (handled.size() % 4 * 2)) & 3;
    refused = when == 0;
    if (refused) return false;
    if (when == 1) {
      later_.emplace_back(client, message);
    } else {
      Answer(client, message);
    }
    return true;
  }
  void Flush() override {}
  // One of those that wait, the last that came first.
  bool AnswerOne() {
    if (later_.empty()) return false;
    const auto [client, message] = std::move(later_.back());
    later_.pop_back();
    Answer(client, message);
    return true;
  }

  Protocol protocol() const override { return Protocol::kTcp; }
  char* Prepare() override { return table->Prepare(); }
  void Commit(const Client& client, size_t size) override { table->Commit(client, size); }

  StreamTable* table = nullptr;
  unsigned policy = 0;
  std::vector<std::string> handled;
  bool refused = false;  // the last of them
  std::string expected;  // octets

 private:
  void Answer(const Client& client, absl::string_view message) {
    std::memcpy(Prepare(), message.data(), message.size());
    Commit(client, message.size());
    char size[kMessageSizeOctets];
    WriteMessageSize(message.size(), size);
    expected.append(size, sizeof size);
    expected.append(message.data(), message.size());
  }

  std::vector<std::pair<Client, std::string>> later_;
};

StreamTable::Options SmallOptions() {
  StreamTable::Options options;
  options.max_pipelined = 3;
  options.max_unsent_bytes = 40;
  return options;
}

// Kept from run to run: a worker's buffers are large.
struct Server {
  Server() {
    echo.table = &table;
    Require(ready >= 0);
  }
  base::testing::FakeClock clock;
  base::EventLoop loop;
  Echo echo;
  StreamTable table{SmallOptions(), &loop, &echo, clock};
  const int ready = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
};

void Run(absl::string_view input) {
  static Server* const server = new Server();
  constexpr size_t kScript = 3;
  if (input.size() < kScript) return;
  Echo& echo = server->echo;
  FuzzedStream::Script script;
  script.input = input.substr(kScript);
  script.read_size = static_cast<uint8_t>(input[0]) + size_t{1};
  script.write_size = static_cast<uint8_t>(input[1]);
  echo.policy = static_cast<uint8_t>(input[2]);
  echo.handled.clear();
  echo.refused = false;
  echo.expected.clear();
  const std::vector<absl::string_view> messages = Messages(script.input);

  Client client;
  client.transport = &echo;
  client.peer.sin6_family = AF_INET6;
  Require(server->table.Add(std::make_unique<FuzzedStream>(&script, server->ready), client));
  for (size_t turn = 0; !script.closed; ++turn) {
    Require(turn < 20 * (input.size() + 10));
    server->loop.RunOnce(absl::ZeroDuration());
    if (turn % 2 == 0) echo.AnswerOne();
    while (turn > 2 * kPieces && echo.AnswerOne()) continue;
    server->table.EndTurn();
    Require(echo.expected.compare(0, script.taken.size(), script.taken) == 0);
  }
  Require(server->table.size() == 0);
  Require(script.taken == echo.expected);
  // All, or up to the first that was none.
  Require(echo.refused ? echo.handled.size() <= messages.size() : echo.handled.size() == messages.size());
  Require(std::equal(echo.handled.begin(), echo.handled.end(), messages.begin(),
                     [](const std::string& a, absl::string_view b) { return a == b; }));
}

}  // namespace
}  // namespace strata::frontend

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::frontend::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
