// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/access_list.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "frontend/policy/client_prefix.h"

namespace strata::frontend {
namespace {

constexpr int kBits = 128;
constexpr int kIpv4Bits = 32;

unsigned __int128 NumberOf(const sockaddr* address) {
  const ClientPrefix whole = ClientPrefix::Of(address);
  return static_cast<unsigned __int128>(whole.high) << 64 | whole.low;
}

absl::Status Expected(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "'", text, "' is no network: expected one like 192.0.2.0/24 or 2001:db8::/32, an address, any or none"));
}

}  // namespace

AccessList AccessList::Everybody() {
  AccessList list;
  list.Add("any").IgnoreError();
  return list;
}

AccessList AccessList::LocalNetworks() {
  AccessList list;
  for (const absl::string_view network : {"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                                          "169.254.0.0/16", "100.64.0.0/10", "::1", "fe80::/10", "fc00::/7"}) {
    list.Add(network).IgnoreError();
  }
  return list;
}

absl::Status AccessList::Add(absl::string_view network) {
  constexpr Address kAll = ~Address{0};
  if (network == "none") return absl::OkStatus();
  if (network == "any") {
    Insert({0, kAll});
    return absl::OkStatus();
  }
  const size_t slash = network.find('/');
  const std::string host(network.substr(0, slash));
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  Address first = 0;
  int length = kBits;
  if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    first = NumberOf(reinterpret_cast<const sockaddr*>(&v4));
    length = kIpv4Bits;
  } else if (inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    first = NumberOf(reinterpret_cast<const sockaddr*>(&v6));
  } else {
    return Expected(network);
  }
  const int bits = length;
  if (slash != absl::string_view::npos) {
    int given = -1;
    if (!absl::SimpleAtoi(network.substr(slash + 1), &given) || given < 0 || given > bits) return Expected(network);
    length = given;
  }
  const int free_bits = bits - length;
  const Address beyond = free_bits == kBits ? kAll : (Address{1} << free_bits) - 1;
  if ((first & beyond) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", network, "': the address has bits set beyond its prefix of ", length, " bits"));
  }
  Insert({first, first | beyond});
  return absl::OkStatus();
}

// Two networks are apart, or one holds the other.
void AccessList::Insert(const Network& network) {
  const auto begin = std::partition_point(networks_.begin(), networks_.end(),
                                          [&](const Network& other) { return other.last < network.first; });
  if (begin != networks_.end() && begin->first <= network.first && begin->last >= network.last) return;
  const auto end =
      std::partition_point(begin, networks_.end(), [&](const Network& other) { return other.first <= network.last; });
  networks_.insert(networks_.erase(begin, end), network);
}

bool AccessList::Allows(const sockaddr* address) const {
  if (networks_.empty() || (address->sa_family != AF_INET && address->sa_family != AF_INET6)) return false;
  const Address number = NumberOf(address);
  const auto network = std::partition_point(networks_.begin(), networks_.end(),
                                            [&](const Network& other) { return other.last < number; });
  return network != networks_.end() && network->first <= number;
}

}  // namespace strata::frontend
