// Where a message came from, and the way back: what UDP, TCP and every later transport have in common.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_TRANSPORT_H_
#define STRATA_FRONTEND_NET_TRANSPORT_H_

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace strata::frontend {

class Transport;

// Whom to answer. A value that is kept with a pending query; what it means is the transport's business.
struct Client {
  Transport* transport = nullptr;
  // Stream transports: the connection, as slot and generation. A late answer to a connection that is gone is dropped.
  uint64_t connection = 0;
  // An IPv4 or IPv6 address.
  sockaddr_in6 peer{};
  socklen_t peer_size = 0;
  // Datagram transports: the local address that was asked, for sockets bound to a wildcard.
  in6_addr local{};
};

// What carries the messages. Metrics name it as CoreDNS does (ProtocolName()).
enum class Protocol : uint8_t { kUdp, kTcp };
inline constexpr size_t kProtocols = 2;
inline const char* ProtocolName(Protocol protocol) { return protocol == Protocol::kUdp ? "udp" : "tcp"; }

// Takes answers for the clients whose messages it delivered. Used by its worker's thread only.
class Transport {
 public:
  virtual ~Transport() = default;

  virtual Protocol protocol() const = 0;
  // Whether answers have the size limits of UDP, and whether a sender's address may be forged.
  bool is_datagram() const { return protocol() == Protocol::kUdp; }

  // For how long a connection may be idle, in units of 100 ms, for a client that asks (RFC 7828); 0: it is to close its
  // connection now. Absent where there are no connections.
  virtual std::optional<uint16_t> keepalive() const { return std::nullopt; }

  // Connections are about to end: clients are told so with every answer, asked or not (RFC 7828 §3.2.2).
  virtual bool leaving() const { return false; }

  // More comes in than is read. What is no query then gets silence, which costs less than an error; a flood of garbage
  // is not to take the time that queries need.
  virtual bool behind() const { return false; }

  // A buffer for the next answer: kMaxUdpSizeLimit octets for datagrams, 65535 for streams. It is good until Commit(),
  // and may be abandoned by asking again.
  virtual char* Prepare() = 0;
  // Sends the `size` octets that were written to the buffer, perhaps not before Flush().
  virtual void Commit(const Client& client, size_t size) = 0;
  // Sends all that was committed.
  virtual void Flush() = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_TRANSPORT_H_
