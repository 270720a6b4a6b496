// A transport without a network.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_FAKE_TRANSPORT_H_
#define STRATA_FRONTEND_TESTING_FAKE_TRANSPORT_H_

#include <cstdint>
#include <memory>
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
  char* Prepare() override { return buffer_.get(); }
  void Commit(const Client& client, size_t size) override {
    ++commits;
    if (keep) sent.push_back({client.connection, std::string(buffer_.get(), size)});
  }
  void Flush() override {}

  // A client of this transport.
  Client MakeClient(uint64_t connection = 0) {
    Client client;
    client.transport = this;
    client.connection = connection;
    return client;
  }

  std::vector<Sent> sent;
  int commits = 0;
  bool keep = true;  // false: counts only

 private:
  const bool is_datagram_;
  const std::unique_ptr<char[]> buffer_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_FAKE_TRANSPORT_H_
