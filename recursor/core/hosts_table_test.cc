// Tests of reading hosts files.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/hosts_table.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/core/testing/messages.h"

namespace strata::recursor {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::WireName;

class HostsTableTest : public ::testing::Test {
 protected:
  void Read(absl::string_view text) {
    LineProblems problems;
    table_ = HostsTable::FromText(text, &problems);
    problems_.clear();
    for (const LineProblem& problem : problems.kept())
      problems_.push_back(absl::StrCat(problem.line, ": ", problem.text));
  }
  std::vector<std::string> V4(absl::string_view name) const {
    std::vector<std::string> texts;
    const HostsTable::Addresses* addresses = table_.FindAddresses(WireName(name));
    if (addresses == nullptr) return {"none"};
    for (const std::string& octets : addresses->v4) {
      texts.push_back(absl::StrCat(octets[0] & 255, ".", octets[1] & 255, ".", octets[2] & 255, ".", octets[3] & 255));
    }
    return texts;
  }
  std::string Reverse(absl::string_view name) const {
    const absl::string_view found = table_.FindName(WireName(name));
    return found.empty() ? "none" : dns::WireNameToText(found);
  }

  HostsTable table_;
  std::vector<std::string> problems_;
};

TEST_F(HostsTableTest, AnOrdinaryFile) {
  Read(
      "# comment\n"
      "127.0.0.1\tlocalhost\n"
      "192.0.2.1  Www.Example.com www   # the web\n"
      "2001:db8::1 www.example.com\n"
      "192.0.2.2 www.example.com.\r\n"
      "\n");
  EXPECT_THAT(problems_, IsEmpty());
  EXPECT_EQ(table_.name_count(), 3u);
  EXPECT_THAT(V4("www.example.com."), ElementsAre("192.0.2.1", "192.0.2.2"));
  EXPECT_THAT(V4("www."), ElementsAre("192.0.2.1"));
  EXPECT_THAT(V4("example.com."), ElementsAre("none"));
  ASSERT_EQ(table_.FindAddresses(WireName("www.example.com."))->v6.size(), 1u);
  EXPECT_THAT(table_.FindAddresses(WireName("www."))->v6, IsEmpty());
}

TEST_F(HostsTableTest, AnAddressHasTheFirstNameItIsGiven) {
  Read("192.0.2.1 a alias\n192.0.2.1 b\n2001:db8::1 six\n");
  EXPECT_EQ(Reverse("1.2.0.192.in-addr.arpa."), "a.");
  EXPECT_EQ(Reverse("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."), "six.");
  EXPECT_EQ(Reverse("2.2.0.192.in-addr.arpa."), "none");
}

TEST_F(HostsTableTest, AnAddressStandsOnce) {
  Read("192.0.2.1 a\n192.0.2.1 a A\n");
  EXPECT_THAT(V4("a."), ElementsAre("192.0.2.1"));
}

TEST_F(HostsTableTest, JunkIsLeftOutAndNamed) {
  Read(absl::StrCat("192.0.2.1\n192.0.2.256 a\nfe80::1%lo0 b\n192.0.2.3 c..d e x@y \\100 ", std::string(64, 'l'),
                    "\nwww 192.0.2.4\n"));
  EXPECT_THAT(problems_, ElementsAre("1: no name behind the address", "2: '192.0.2.256' is not an IP address",
                                     "3: 'fe80::1%lo0' is not an IP address",
                                     absl::StrCat("4: '", std::string(64, 'l'), "' is not a host's name"),
                                     "5: 'www' is not an IP address"));
  EXPECT_THAT(V4("e."), ElementsAre("192.0.2.3"));
  EXPECT_EQ(Reverse("3.2.0.192.in-addr.arpa."), "e.");
  EXPECT_EQ(table_.name_count(), 1u);
}

TEST_F(HostsTableTest, LongJunkIsCut) {
  Read(std::string(100000, '\xff'));
  ASSERT_THAT(problems_, SizeIs(1));
  EXPECT_LT(problems_[0].size(), 500u);
  EXPECT_THAT(problems_[0], HasSubstr("…' is not an IP address"));
}

TEST_F(HostsTableTest, OnlyTheFirstProblemsAreKept) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "junk\n";
  LineProblems problems;
  HostsTable::FromText(text, &problems);
  EXPECT_EQ(problems.kept().size(), LineProblems::kMaxKept);
  EXPECT_EQ(problems.count(), 1000u);
}

}  // namespace
}  // namespace strata::recursor
