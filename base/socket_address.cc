// Text and system forms of socket addresses.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/socket_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace strata::base {
namespace {

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

std::optional<uint16_t> ParsePort(absl::string_view text) {
  uint32_t port;
  if (!AllDigits(text) || !absl::SimpleAtoi(text, &port) || port > UINT16_MAX) return std::nullopt;
  return static_cast<uint16_t>(port);
}

// A text cut into its parts; a part that is not there is nullopt.
struct Parts {
  std::optional<absl::string_view> host;
  std::optional<absl::string_view> port;
  bool host_is_bracketed = false;
};

// The colon before a port is the only one, or follows a bracket; otherwise all colons belong to an IPv6 address.
std::optional<Parts> Split(absl::string_view text) {
  if (AllDigits(text)) return Parts{.host = {}, .port = text};
  if (absl::StartsWith(text, "[")) {
    const size_t end = text.find(']');
    if (end == absl::string_view::npos) return std::nullopt;
    Parts parts{.host = text.substr(1, end - 1), .port = {}, .host_is_bracketed = true};
    const absl::string_view rest = text.substr(end + 1);
    if (rest.empty()) return parts;
    if (rest.front() != ':') return std::nullopt;
    parts.port = rest.substr(1);
    return parts;
  }
  const size_t colon = text.find(':');
  if (colon == absl::string_view::npos || text.rfind(':') != colon) return Parts{.host = text, .port = {}};
  Parts parts{.host = {}, .port = text.substr(colon + 1)};
  if (colon > 0) parts.host = text.substr(0, colon);
  return parts;
}

absl::Status NotAnAddress(absl::string_view text, const SocketAddressDefaults& defaults) {
  std::string expected = "IP:PORT or [IPv6]:PORT";
  if (defaults.port) absl::StrAppend(&expected, ", without :PORT for port ", *defaults.port);
  if (!defaults.host.empty()) absl::StrAppend(&expected, ", or PORT alone for ", defaults.host);
  return absl::InvalidArgumentError(absl::StrCat("\"", EscapedText(text), "\" is not an address; expected ", expected));
}

}  // namespace

SocketAddress::SocketAddress() {
  std::memset(&storage_, 0, sizeof(storage_));
  storage_.v4.sin_family = AF_INET;
}

absl::StatusOr<SocketAddress> SocketAddress::FromText(absl::string_view text, const SocketAddressDefaults& defaults) {
  const std::optional<Parts> parts = Split(text);
  if (!parts || (!parts->host && defaults.host.empty()) || (!parts->port && !defaults.port)) {
    return NotAnAddress(text, defaults);
  }
  const std::optional<uint16_t> port = parts->port ? ParsePort(*parts->port) : defaults.port;
  if (!port) {
    return absl::InvalidArgumentError(absl::StrCat("\"", EscapedText(*parts->port), "\" in \"", EscapedText(text),
                                                   "\" is not a port; expected a number from 0 to 65535"));
  }
  const std::string host(parts->host.value_or(defaults.host));
  SocketAddress address;
  if (!parts->host_is_bracketed && inet_pton(AF_INET, host.c_str(), &address.storage_.v4.sin_addr) == 1) {
    return address.WithPort(*port);
  }
  address.storage_.v6.sin6_family = AF_INET6;
  // c_str() would end at a NUL that is part of the text.
  if (host.find('\0') != std::string::npos || inet_pton(AF_INET6, host.c_str(), &address.storage_.v6.sin6_addr) != 1) {
    return NotAnAddress(text, defaults);
  }
  return address.WithPort(*port);
}

std::optional<SocketAddress> SocketAddress::FromSockaddr(const sockaddr* address, socklen_t size) {
  SocketAddress result;
  if (size < sizeof(sa_family_t)) return std::nullopt;
  if (address->sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    std::memcpy(&result.storage_.v4, address, sizeof(sockaddr_in));
    return result;
  }
  if (address->sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
    std::memcpy(&result.storage_.v6, address, sizeof(sockaddr_in6));
    return result;
  }
  return std::nullopt;
}

uint16_t SocketAddress::port() const {
  return ntohs(family() == AF_INET ? storage_.v4.sin_port : storage_.v6.sin6_port);
}

SocketAddress SocketAddress::WithPort(uint16_t port) const {
  SocketAddress result = *this;
  (family() == AF_INET ? result.storage_.v4.sin_port : result.storage_.v6.sin6_port) = htons(port);
  return result;
}

bool SocketAddress::IsLoopback() const {
  if (family() == AF_INET) return ntohl(storage_.v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
  const in6_addr& address = storage_.v6.sin6_addr;
  return IN6_IS_ADDR_LOOPBACK(&address) || (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == IN_LOOPBACKNET);
}

bool SocketAddress::IsUnspecified() const {
  if (family() == AF_INET) return storage_.v4.sin_addr.s_addr == INADDR_ANY;
  return IN6_IS_ADDR_UNSPECIFIED(&storage_.v6.sin6_addr);
}

std::string SocketAddress::HostText() const {
  char text[INET6_ADDRSTRLEN];
  const void* address = family() == AF_INET ? static_cast<const void*>(&storage_.v4.sin_addr)
                                            : static_cast<const void*>(&storage_.v6.sin6_addr);
  return inet_ntop(family(), address, text, sizeof(text)) == nullptr ? "" : text;
}

std::string SocketAddress::ToText() const {
  return family() == AF_INET ? absl::StrCat(HostText(), ":", port()) : absl::StrCat("[", HostText(), "]:", port());
}

bool operator==(const SocketAddress& a, const SocketAddress& b) {
  if (a.family() != b.family() || a.port() != b.port()) return false;
  if (a.family() == AF_INET) return a.storage_.v4.sin_addr.s_addr == b.storage_.v4.sin_addr.s_addr;
  return a.storage_.v6.sin6_scope_id == b.storage_.v6.sin6_scope_id &&
         std::memcmp(&a.storage_.v6.sin6_addr, &b.storage_.v6.sin6_addr, sizeof(in6_addr)) == 0;
}

}  // namespace strata::base
