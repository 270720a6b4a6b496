// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_log.h"

#include <string>

#include "base/log.h"
#include "base/socket_address.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::frontend {

void LogAnswer(const Client& client, absl::string_view answer, uint16_t rcode) {
  if (!base::LogEnabled(base::LogLevel::kInfo)) return;
  const auto peer =
      base::SocketAddress::FromSockaddr(reinterpret_cast<const sockaddr*>(&client.peer), client.peer_size);
  // There is no question where a malformed query was refused.
  std::string name = "-";
  std::string type = "-";
  if (dns::GetU16(answer, dns::kQdCountOffset) == 1) {
    const absl::string_view question = answer.substr(dns::kHeaderSize);
    const size_t name_size = dns::WireNameSize(question);
    name = dns::WireNameToText(question.substr(0, name_size));
    type = dns::TypeToText(dns::GetU16(question, name_size));
  }
  const uint16_t flags = dns::GetU16(answer, dns::kFlagsOffset);
  base::Log(base::LogLevel::kInfo, "query",
            {{"client", peer.has_value() ? peer->ToText() : "-"},
             {"transport", client.transport->is_datagram() ? "udp" : "tcp"},
             {"name", name},
             {"type", type},
             {"rcode", dns::RcodeToText(rcode)},
             {"answers", dns::GetU16(answer, dns::kAnCountOffset)},
             {"truncated", (flags & dns::kTc) != 0},
             {"bytes", answer.size()}});
}

}  // namespace strata::frontend
