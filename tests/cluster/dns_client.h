// A DNS client that shows what the network does: one packet for one query, no retries.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_DNS_CLIENT_H_
#define STRATA_TESTS_CLUSTER_DNS_CLIENT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "dns/message.h"
#include "dns/rr_type.h"

namespace strata::tests {

inline constexpr absl::Duration kAnswerTimeout = absl::Seconds(5);

struct QueryOptions {
  uint16_t id = 4711;
  uint16_t rr_class = dns::rr_class::kIN;
  bool recursion_desired = false;
  bool dnssec_ok = false;
  // No EDNS when 0.
  uint16_t udp_payload_size = 1232;
  const char* source = "127.0.0.1";
  // The value of a COOKIE option (RFC 7873); none if empty.
  std::string cookie = "";
};

// The wire form of a query. REQUIRES: `name` is a domain name in text form.
std::string MakeQuery(absl::string_view name, uint16_t type, const QueryOptions& options = {});

// A UDP socket that talks to a port of 127.0.0.1. Used by one thread.
class UdpClient {
 public:
  // `source`: the loopback address to speak from.
  explicit UdpClient(uint16_t port, const char* source = "127.0.0.1");
  ~UdpClient();
  UdpClient(const UdpClient&) = delete;
  UdpClient& operator=(const UdpClient&) = delete;

  // Whether somebody listens on the port: loopback says at once when not.
  bool Send(absl::string_view packet);
  // The next packet, whatever it is. DeadlineExceeded; Unavailable when nobody listens on the port.
  absl::StatusOr<std::string> Receive(absl::Duration timeout);
  // Sends the query and returns the packet with its ID; others are passed over.
  absl::StatusOr<std::string> Exchange(absl::string_view query, absl::Duration timeout = kAnswerTimeout);

 private:
  int fd_;
};

// A TCP connection to a port of 127.0.0.1. Used by one thread.
class TcpClient {
 public:
  // As for UdpClient. Check connected().
  explicit TcpClient(uint16_t port, const char* source = "127.0.0.1");
  ~TcpClient();
  TcpClient(const TcpClient&) = delete;
  TcpClient& operator=(const TcpClient&) = delete;

  bool connected() const { return connected_; }
  // Octets as they are. False when the other side has closed.
  bool SendOctets(absl::string_view octets);
  // A message behind its length.
  bool Send(absl::string_view message);
  // Tells the other side that no more will come.
  void CloseSending();
  // The next message without its length. DeadlineExceeded; OutOfRange when the other side closes before a whole one.
  absl::StatusOr<std::string> Receive(absl::Duration timeout = kAnswerTimeout);
  absl::StatusOr<std::string> Exchange(absl::string_view query, absl::Duration timeout = kAnswerTimeout);

 private:
  absl::StatusOr<std::string> Read(size_t size, absl::Time end);

  int fd_;
  bool connected_;
};

// One query over a socket of its own.
absl::StatusOr<dns::Message> Ask(uint16_t port, absl::string_view name, uint16_t type, const QueryOptions& options = {},
                                 absl::Duration timeout = kAnswerTimeout);
absl::StatusOr<dns::Message> AskTcp(uint16_t port, absl::string_view name, uint16_t type,
                                    const QueryOptions& options = {}, absl::Duration timeout = kAnswerTimeout);

// The info code of the message's first extended error (RFC 8914).
std::optional<uint16_t> ExtendedErrorOf(const dns::Message& message);

// The value of the message's COOKIE option; empty if there is none.
std::string CookieOf(const dns::Message& message);

// The message's sender wants its connection closed: edns-tcp-keepalive with a time of 0 (RFC 7828 §3.4).
bool TellsToClose(const dns::Message& message);

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_DNS_CLIENT_H_
