// SPDX-License-Identifier: Apache-2.0
#include "dns/text/ip_address.h"

#include <arpa/inet.h>

#include <cstddef>
#include <cstring>

namespace strata::dns {
namespace {

bool Parse(int family, size_t size, absl::string_view text, std::string* octets) {
  char terminated[INET6_ADDRSTRLEN];
  // inet_pton reads up to the first NUL, which must not hide what follows.
  if (text.size() >= sizeof(terminated) || text.find('\0') != absl::string_view::npos) return false;
  std::memcpy(terminated, text.data(), text.size());
  terminated[text.size()] = '\0';
  char address[16];
  if (inet_pton(family, terminated, address) != 1) return false;
  octets->append(address, size);
  return true;
}

void Append(int family, absl::string_view octets, std::string* out) {
  char text[INET6_ADDRSTRLEN];
  out->append(inet_ntop(family, octets.data(), text, sizeof(text)));
}

}  // namespace

bool ParseIpv4(absl::string_view text, std::string* octets) {
  // As inet_pton() does; large zones are made of these.
  char address[4];
  size_t at = 0;
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && (at == text.size() || text[at++] != '.')) return false;
    const size_t start = at;
    unsigned value = 0;
    for (; at < text.size() && at - start < 3 && text[at] >= '0' && text[at] <= '9'; ++at) {
      value = value * 10 + static_cast<unsigned>(text[at] - '0');
    }
    if (at == start || value > 255 || (text[start] == '0' && at > start + 1)) return false;
    address[i] = static_cast<char>(value);
  }
  if (at != text.size()) return false;
  octets->append(address, sizeof address);
  return true;
}
bool ParseIpv6(absl::string_view text, std::string* octets) { return Parse(AF_INET6, 16, text, octets); }
void AppendIpv4Text(absl::string_view octets, std::string* out) { Append(AF_INET, octets, out); }
void AppendIpv6Text(absl::string_view octets, std::string* out) { Append(AF_INET6, octets, out); }

}  // namespace strata::dns
