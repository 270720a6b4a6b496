// SPDX-License-Identifier: Apache-2.0
#include "dns/text/service_mnemonic.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(ServiceMnemonic, TakesNamesAndNumbers) {
  EXPECT_EQ(ProtocolFromText("TCP"), 6);
  EXPECT_EQ(ProtocolFromText("17"), 17);
  EXPECT_EQ(PortFromText("Smtp"), 25);
  EXPECT_EQ(PortFromText("65535"), 65535);
  EXPECT_FALSE(ProtocolFromText("256"));
  EXPECT_FALSE(ProtocolFromText("smtp"));
  EXPECT_FALSE(PortFromText("65536"));
  EXPECT_FALSE(PortFromText("no-service"));
}

}  // namespace
}  // namespace strata::dns
