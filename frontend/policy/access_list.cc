// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/access_list.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace strata::frontend {
namespace {

using Octets = std::array<uint8_t, 16>;

constexpr int kMappedBits = 96;

Octets Mapped(const in_addr& address) {
  Octets octets{};
  octets[10] = octets[11] = 0xff;
  std::memcpy(octets.data() + 12, &address, 4);
  return octets;
}

Octets MaskOf(int bits) {
  Octets mask{};
  for (int i = 0; i < bits; ++i) mask[i / 8] |= static_cast<uint8_t>(0x80 >> (i % 8));
  return mask;
}

absl::Status Expected(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "'", text, "' is no network: expected one like 192.0.2.0/24 or 2001:db8::/32, an address, any or none"));
}

}  // namespace

AccessList AccessList::LocalNetworks() {
  AccessList list;
  for (const absl::string_view network : {"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                                          "169.254.0.0/16", "100.64.0.0/10", "::1", "fe80::/10", "fc00::/7"}) {
    list.Add(network).IgnoreError();
  }
  return list;
}

absl::Status AccessList::Add(absl::string_view network) {
  if (network == "none") return absl::OkStatus();
  if (network == "any") {
    networks_.push_back({Octets{}, Octets{}});
    return absl::OkStatus();
  }
  const size_t slash = network.find('/');
  const std::string host(network.substr(0, slash));
  in_addr v4;
  Octets address{};
  int first_bit = 0;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    address = Mapped(v4);
    first_bit = kMappedBits;
  } else if (inet_pton(AF_INET6, host.c_str(), address.data()) != 1) {
    return Expected(network);
  }
  int length = 128 - first_bit;
  if (slash != absl::string_view::npos) {
    int given = -1;
    if (!absl::SimpleAtoi(network.substr(slash + 1), &given) || given < 0 || given > length) return Expected(network);
    length = given;
  }
  const Octets mask = MaskOf(first_bit + length);
  for (size_t i = 0; i < address.size(); ++i) {
    if ((address[i] & ~mask[i]) != 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("'", network, "': the address has bits set beyond its prefix of ", length, " bits"));
    }
  }
  networks_.push_back({address, mask});
  return absl::OkStatus();
}

bool AccessList::Allows(const sockaddr* address) const {
  Octets octets{};
  if (address->sa_family == AF_INET) {
    octets = Mapped(reinterpret_cast<const sockaddr_in*>(address)->sin_addr);
  } else if (address->sa_family == AF_INET6) {
    std::memcpy(octets.data(), &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, octets.size());
  } else {
    return false;
  }
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    for (size_t i = 0; i < octets.size(); ++i) {
      if ((octets[i] & network.mask[i]) != network.address[i]) return false;
    }
    return true;
  });
}

}  // namespace strata::frontend
