// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/client_options.h"

#include "dns/edns.h"

namespace strata::frontend {

ClientOptions ReadClientOptions(absl::string_view octets) {
  ClientOptions options;
  for (dns::EdnsOptionCursor option(octets); option.Next();) {
    switch (option.code()) {
      case dns::edns_option::kCookie:
        if (!options.cookie.has_value()) options.cookie = option.value();
        break;
      case dns::edns_option::kNsid:
        options.nsid = true;
        break;
      case dns::edns_option::kTcpKeepalive:
        options.keepalive = true;
        break;
      case dns::edns_option::kZoneVersion:
        if (options.zone_version || !option.value().empty()) options.malformed_zone_version = true;
        options.zone_version = true;
        break;
      default:
        break;
    }
  }
  return options;
}

}  // namespace strata::frontend
