// Sockets for attackers, each of which may have a loopback address of its own.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_ATTACKERS_LOOPBACK_SOCKETS_H_
#define STRATA_TESTS_ATTACKERS_LOOPBACK_SOCKETS_H_

#include <cstdint>
#include <string>

namespace strata::tests {

// 127.0.`net`.1 to .200, one after the other, then from the start.
std::string LoopbackAddress(int net, int number);

// A non-blocking socket of that type from `source` to `port` of 127.0.0.1, whose receive buffer is as small as may be;
// a TCP connection may still be under way. -1 when the system has no more.
int ConnectedSocket(int type, const std::string& source, uint16_t port);

}  // namespace strata::tests

#endif  // STRATA_TESTS_ATTACKERS_LOOPBACK_SOCKETS_H_
