// DNS messages for the frontend's tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_MESSAGES_H_
#define STRATA_FRONTEND_TESTING_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "frontend/zones/zone_table.h"

namespace strata::frontend::testing {

// The wire form of a name in presentation form; case kept.
std::string WireName(absl::string_view text);

// A plain query: ID 0x1234, RD clear, no EDNS.
dns::Message Query(absl::string_view name, uint16_t type = dns::rr_type::kA);

// The same with an OPT record.
dns::Message EdnsQuery(absl::string_view name, uint16_t udp_size, uint16_t type = dns::rr_type::kA);

// What an authority says to the question: AA and one TXT record of `size` octets (1 or more), ID 0.
std::string AnswerTo(absl::string_view name, uint16_t type = dns::rr_type::kA, size_t size = 4);

// The test fails when these do.
std::string Wire(const dns::Message& message);
dns::Message Parse(absl::string_view wire);

// The codes of the extended errors of a message.
std::vector<uint16_t> ExtendedErrors(const dns::Message& message);

// A zone list of (zone, replicas).
std::shared_ptr<const ZoneTable> Zones(const std::vector<std::pair<std::string, ReplicaSet>>& zones,
                                       bool complete = true);

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_MESSAGES_H_
