// Tests of random octets.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/random_octets.h"

#include <algorithm>
#include <set>
#include <string>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

std::string Random(size_t size) {
  std::string octets(size, '\0');
  FillWithRandomOctets(octets.data(), octets.size());
  return octets;
}

TEST(RandomOctetsTest, NoTwoAreAlike) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(Random(16)).second);
}

// More than one system call needs to give. Of 100000 octets, some 390 are zero.
TEST(RandomOctetsTest, AllAreFilled) {
  const std::string octets = Random(100'000);
  EXPECT_LT(std::count(octets.begin(), octets.end(), '\0'), 1000);
  EXPECT_GT(std::set<char>(octets.end() - 10'000, octets.end()).size(), 250u);
}

TEST(RandomOctetsTest, NoneIsNothing) {
  char octet = 'x';
  FillWithRandomOctets(&octet, 0);
  EXPECT_EQ(octet, 'x');
}

}  // namespace
}  // namespace strata::base
