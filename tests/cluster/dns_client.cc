// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/dns_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "absl/time/clock.h"
#include "dns/edns.h"
#include "dns/header.h"

namespace strata::tests {
namespace {

template <typename T>
T OrDie(const absl::StatusOr<T>& value) {
  if (value.ok()) return *value;
  fprintf(stderr, "%s\n", value.status().ToString().c_str());
  abort();
}

int OpenSocket(int type, const char* source) {
  const int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  const bool fine = fd >= 0 && inet_pton(AF_INET, source, &address.sin_addr) == 1 &&
                    bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  if (fine) return fd;
  perror(source);
  abort();
}

bool ConnectTo(int fd, uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

bool WaitReadable(int fd, absl::Time end) {
  pollfd ready = {fd, POLLIN, 0};
  const int64_t left = absl::ToInt64Milliseconds(end - absl::Now()) + 1;
  return poll(&ready, 1, static_cast<int>(std::max<int64_t>(left, 0))) == 1;
}

absl::StatusOr<dns::Message> Parse(const absl::StatusOr<std::string>& wire) {
  if (!wire.ok()) return wire.status();
  return dns::ParseMessage(*wire);
}

}  // namespace

std::string MakeQuery(absl::string_view name, uint16_t type, const QueryOptions& options) {
  dns::Message query;
  query.id = options.id;
  query.recursion_desired = options.recursion_desired;
  query.questions.push_back({OrDie(dns::Name::FromText(name)), type, options.rr_class});
  if (options.udp_payload_size != 0) {
    query.edns.emplace();
    query.edns->udp_payload_size = options.udp_payload_size;
    query.edns->dnssec_ok = options.dnssec_ok;
    if (!options.cookie.empty()) query.edns->options.push_back({dns::edns_option::kCookie, options.cookie});
  }
  return OrDie(dns::SerializeMessage(query));
}

UdpClient::UdpClient(uint16_t port, const char* source) : fd_(OpenSocket(SOCK_DGRAM, source)) { ConnectTo(fd_, port); }

UdpClient::~UdpClient() { close(fd_); }

bool UdpClient::Send(absl::string_view packet) {
  if (send(fd_, packet.data(), packet.size(), 0) != static_cast<ssize_t>(packet.size())) return false;
  int error = 0;
  socklen_t size = sizeof(error);
  return getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

absl::StatusOr<std::string> UdpClient::Receive(absl::Duration timeout) {
  if (!WaitReadable(fd_, absl::Now() + timeout)) return absl::DeadlineExceededError("no packet");
  std::string packet(65536, '\0');
  const ssize_t size = recv(fd_, packet.data(), packet.size(), 0);
  if (size < 0) return absl::UnavailableError("nobody listens on the port");
  packet.resize(static_cast<size_t>(size));
  return packet;
}

absl::StatusOr<std::string> UdpClient::Exchange(absl::string_view query, absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  if (!Send(query)) return absl::UnavailableError("nobody listens on the port");
  while (true) {
    absl::StatusOr<std::string> packet = Receive(end - absl::Now());
    if (!packet.ok() || (packet->size() >= 2 && packet->compare(0, 2, query.data(), 2) == 0)) return packet;
  }
}

TcpClient::TcpClient(uint16_t port, const char* source)
    : fd_(OpenSocket(SOCK_STREAM, source)), connected_(ConnectTo(fd_, port)) {
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

TcpClient::~TcpClient() { close(fd_); }

bool TcpClient::SendOctets(absl::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    octets.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool TcpClient::Send(absl::string_view message) {
  std::string octets(2, '\0');
  dns::SetU16(octets.data(), 0, static_cast<uint16_t>(message.size()));
  octets.append(message.data(), message.size());
  return SendOctets(octets);
}

void TcpClient::CloseSending() { shutdown(fd_, SHUT_WR); }

absl::StatusOr<std::string> TcpClient::Read(size_t size, absl::Time end) {
  std::string octets(size, '\0');
  for (size_t have = 0; have < size;) {
    if (!WaitReadable(fd_, end)) return absl::DeadlineExceededError("no message");
    const ssize_t got = recv(fd_, octets.data() + have, size - have, 0);
    if (got <= 0) return absl::OutOfRangeError("closed by the server");
    have += static_cast<size_t>(got);
  }
  return octets;
}

absl::StatusOr<std::string> TcpClient::Receive(absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  const absl::StatusOr<std::string> length = Read(2, end);
  if (!length.ok()) return length.status();
  return Read(dns::GetU16(*length, 0), end);
}

absl::StatusOr<std::string> TcpClient::Exchange(absl::string_view query, absl::Duration timeout) {
  if (!connected_ || !Send(query)) return absl::UnavailableError("nobody listens on the port");
  return Receive(timeout);
}

absl::StatusOr<dns::Message> Ask(uint16_t port, absl::string_view name, uint16_t type, const QueryOptions& options,
                                 absl::Duration timeout) {
  return Parse(UdpClient(port, options.source).Exchange(MakeQuery(name, type, options), timeout));
}

absl::StatusOr<dns::Message> AskTcp(uint16_t port, absl::string_view name, uint16_t type, const QueryOptions& options,
                                    absl::Duration timeout) {
  return Parse(TcpClient(port, options.source).Exchange(MakeQuery(name, type, options), timeout));
}

std::string CookieOf(const dns::Message& message) {
  if (!message.edns.has_value()) return "";
  for (const dns::EdnsOption& option : message.edns->options) {
    if (option.code == dns::edns_option::kCookie) return option.value;
  }
  return "";
}

bool TellsToClose(const dns::Message& message) {
  if (!message.edns.has_value()) return false;
  for (const dns::EdnsOption& option : message.edns->options) {
    if (option.code == dns::edns_option::kTcpKeepalive) return option.value == absl::string_view("\0\0", 2);
  }
  return false;
}

std::optional<uint16_t> ExtendedErrorOf(const dns::Message& message) {
  if (!message.edns.has_value()) return std::nullopt;
  for (const dns::EdnsOption& option : message.edns->options) {
    if (option.code == dns::edns_option::kExtendedError && option.value.size() >= 2)
      return dns::GetU16(option.value, 0);
  }
  return std::nullopt;
}

}  // namespace strata::tests
