// Sends many packets to a server at once and finds out which it leaves without a reply, without waiting for each.
//
// Each packet has a socket of its own, on which a marker follows it: a plain query that any server answers. What has no
// reply soon after its marker's, twice, is taken for silence; what UDP has lost is sent again.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_HYGIENE_PACKET_EXCHANGE_H_
#define STRATA_TESTS_HYGIENE_PACKET_EXCHANGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/hygiene/packet_cases.h"

namespace strata::tests {

struct Exchanged {
  // What was sent, with the ID that was chosen for it where it has room for one.
  std::string sent;
  std::vector<std::string> replies;
  // TCP: the server closed the connection; the marker got no answer.
  bool closed = false;
  // Neither an answer to the marker nor an end within seconds.
  bool hung = false;
};

// How a server wants to be asked.
struct ExchangePace {
  // The most packets in a second, markers aside.
  int packets_per_second = 100000;
};

// `marker`: the domain name, whose A records are asked for. Results are in the order of `packets`.
std::vector<Exchanged> ExchangeUdp(uint16_t port, absl::string_view marker, const std::vector<std::string>& packets,
                                   ExchangePace pace = {});
// Each packet behind its length, over a connection of its own.
std::vector<Exchanged> ExchangeTcp(uint16_t port, absl::string_view marker, const std::vector<std::string>& packets,
                                   ExchangePace pace = {});
// Octets as they are; no marker where the client closes its side.
std::vector<Exchanged> ExchangeStreams(uint16_t port, absl::string_view marker, const std::vector<StreamCase>& streams,
                                       ExchangePace pace = {});

}  // namespace strata::tests

#endif  // STRATA_TESTS_HYGIENE_PACKET_EXCHANGE_H_
