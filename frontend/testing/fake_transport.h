// A transport without a network.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_FAKE_TRANSPORT_H_
#define STRATA_FRONTEND_TESTING_FAKE_TRANSPORT_H_

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "frontend/net/transport.h"
#include "frontend/query/response.h"

namespace strata::frontend::testing {

// Keeps what was sent. Its buffer is as small as the contract allows, so that AddressSanitizer sees who writes too
// much.
class FakeTransport : public Transport {
 public:
  struct Sent {
    uint64_t connection;  // of the Client
    std::string message;
  };

  explicit FakeTransport(bool is_datagram)
      : is_datagram_(is_datagram), buffer_(new char[is_datagram ? kMaxUdpSizeLimit : 65535]) {}

  Protocol protocol() const override { return is_datagram_ ? Protocol::kUdp : Protocol::kTcp; }
  std::optional<uint16_t> keepalive() const override { return keepalive_units; }
  bool behind() const override { return is_behind; }
  char* Prepare() override { return buffer_.get(); }
  void Commit(const Client& client, size_t size) override {
    ++commits;
    if (keep) sent.push_back({client.connection, std::string(buffer_.get(), size)});
  }
  void Flush() override {}

  // A client of this transport, at an IPv4 address.
  Client MakeClient(uint64_t connection = 0, const char* address = "127.0.0.1") {
    Client client;
    client.transport = this;
    client.connection = connection;
    auto* peer = reinterpret_cast<sockaddr_in*>(&client.peer);
    peer->sin_family = AF_INET;
    inet_pton(AF_INET, address, &peer->sin_addr);
    client.peer_size = sizeof *peer;
    return client;
  }

  std::vector<Sent> sent;
  int commits = 0;
  bool keep = true;  // false: counts only
  std::optional<uint16_t> keepalive_units;
  bool is_behind = false;

 private:
  const bool is_datagram_;
  const std::unique_ptr<char[]> buffer_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_FAKE_TRANSPORT_H_
