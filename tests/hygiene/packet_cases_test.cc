// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/packet_cases.h"

#include <map>
#include <set>

#include "dns/message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::tests {
namespace {

TEST(PacketCasesTest, ManyWithANameEach) {
  std::set<std::string> names;
  for (const PacketCase& packet : AllPacketCases()) {
    EXPECT_TRUE(names.insert(packet.name).second) << packet.name << " twice";
    EXPECT_EQ(packet.name.find_first_of("/*?[ "), std::string::npos) << packet.name;
  }
  EXPECT_GT(names.size(), 500u);
  names.clear();
  for (const StreamCase& stream : StreamCases()) EXPECT_TRUE(names.insert(stream.name).second) << stream.name;
}

TEST(PacketCasesTest, NoPacketTwice) {
  std::map<std::string, std::string> seen;
  for (const PacketCase& packet : AllPacketCases()) {
    const auto [before, fresh] = seen.emplace(packet.packet, packet.name);
    EXPECT_TRUE(fresh) << packet.name << " is " << before->second;
  }
}

// Names promise what the packets are: the well-formed and the malformed are what they are called.
TEST(PacketCasesTest, SomeAreSoundAndSomeAreNot) {
  std::map<std::string, bool> sound;
  for (const PacketCase& packet : AllPacketCases()) sound[packet.name] = dns::ParseMessage(packet.packet).ok();
  for (const char* name : {"flags-rd", "qdcount-0", "qdcount-2", "name-size-255", "name-label-63", "edns-version-1",
                           "edns-option-65001", "type-252-hyg.test", "tsig-unknown-key", "edns-behind-record"}) {
    ASSERT_EQ(sound.count(name), 1u) << name;
    EXPECT_TRUE(sound[name]) << name;
  }
  for (const char* name : {"qdcount-1-cut", "name-size-256", "name-label-64", "name-pointer-to-itself", "edns-twice",
                           "edns-in-answer", "edns-rdata-1", "trailing-zeros-1", "runt-11", "cut-13"}) {
    ASSERT_EQ(sound.count(name), 1u) << name;
    EXPECT_FALSE(sound[name]) << name;
  }
}

}  // namespace
}  // namespace strata::tests
