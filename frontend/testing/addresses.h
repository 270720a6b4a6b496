// Addresses of clients, for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_ADDRESSES_H_
#define STRATA_FRONTEND_TESTING_ADDRESSES_H_

#include <string>

#include "base/socket_address.h"
#include "gtest/gtest.h"

namespace strata::frontend::testing {

// "192.0.2.1" or "2001:db8::1", with a port of no importance. 0.0.0.0 when it is none, which fails the test.
inline base::SocketAddress Address(const std::string& text) {
  base::SocketAddressDefaults defaults;
  defaults.port = 5300;
  const absl::StatusOr<base::SocketAddress> address = base::SocketAddress::FromText(text, defaults);
  EXPECT_TRUE(address.ok()) << text;
  return address.ok() ? *address : base::SocketAddress();
}

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_ADDRESSES_H_
