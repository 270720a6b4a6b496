// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/targets.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Targets, NeedAnAddress) {
  EXPECT_THAT(CheckRecords("@ NS ns\n"),
              ElementsAre("warning 4 no-address: the target of this NS record, ns.example., has no address (A or AAAA) "
                          "in the zone"));
  EXPECT_THAT(CheckRecords("@ NS ns\nns TXT x\n"), ElementsAre(HasSubstr("no-address")));
  EXPECT_THAT(CheckRecords("a.b A 192.0.2.1\n@ NS b\n"),
              ElementsAre(HasSubstr("no-address")));  // an empty non-terminal
  EXPECT_THAT(CheckRecords("@ MX 10 mail\n_sip._udp SRV 1 2 3 sip\n"),
              ElementsAre(HasSubstr("4 no-address: the target of this MX"), HasSubstr("5 no-address: the target of")));
  EXPECT_THAT(CheckRecords("@ NS ns\n@ MX 1 NS\nns AAAA 2001:db8::1\n"), IsEmpty());
}

TEST(Targets, AWildcardMayGiveTheAddress) {
  EXPECT_THAT(CheckRecords("@ MX 10 mail.hosts\n*.hosts A 192.0.2.1\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("@ MX 10 a.b.hosts\n*.hosts A 192.0.2.1\nb.hosts TXT x\n"),
              ElementsAre(HasSubstr("no-address")));
  EXPECT_THAT(CheckRecords("@ MX 10 mail.hosts\n*.hosts CNAME x.elsewhere.\n"),
              ElementsAre(HasSubstr("target-is-alias")));
}

TEST(Targets, AreNotAliases) {
  EXPECT_THAT(
      CheckRecords("@ NS ns\nns CNAME x.elsewhere.\n"),
      ElementsAre(HasSubstr("warning 4 target-is-alias: the target of this NS record, ns.example., is an alias")));
  EXPECT_THAT(CheckRecords("@ MX 1 mx\nmx CNAME x.elsewhere.\n"), ElementsAre(HasSubstr("(note 5)")));
}

TEST(Targets, OfServiceBindingsMayBeAliases) {
  EXPECT_THAT(CheckRecords("a HTTPS 1 b\n"),
              ElementsAre(HasSubstr("4 no-address: the target of this HTTPS record, b.example.,")));
  EXPECT_THAT(CheckRecords("a HTTPS 1 b\nb TXT x\n"), ElementsAre(HasSubstr("4 no-address")));
  EXPECT_THAT(CheckRecords("a HTTPS 1 b\nb CNAME c.elsewhere.\nd SVCB 1 e\ne AAAA 2001:db8::1\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a HTTPS 0 b\nb TXT x\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a AFSDB 1 b\nb CNAME c.elsewhere.\n"), ElementsAre(HasSubstr("4 target-is-alias")));
}

TEST(Targets, AreNamesNotAddresses) {
  EXPECT_THAT(
      CheckRecords("@ MX 10 192.0.2.1\n"),
      ElementsAre(
          "warning 4 target-is-address: behind MX stands a name, and the address 192.0.2.1 is taken for one; give "
          "the address to a name, and write that (RFC 1035 §3.3)"));
  EXPECT_THAT(CheckRecords("@ MX 10 192.0.2.1.\n@ NS 192.0.2.1.\n_x._tcp SRV 1 2 3 2001:db8::1\n"),
              ElementsAre(HasSubstr("4 target-is-address: behind MX"), HasSubstr("5 target-is-address: behind NS"),
                          HasSubstr("6 target-is-address: behind SRV")));
  EXPECT_THAT(CheckRecords("* A 192.0.2.9\n@ MX 10 192.0.2.1\n"), ElementsAre(HasSubstr("5 target-is-address")));
}

TEST(Targets, NullTargetsAndForeignOnesAreFine) {
  EXPECT_THAT(CheckRecords("@ MX 0 .\n_sip._udp SRV 0 0 0 .\na MX 1 mx.elsewhere.\n"), IsEmpty());
}

TEST(Targets, ADelegationToBelowItselfNeedsGlue) {
  EXPECT_THAT(CheckRecords("sub NS ns.sub\n"),
              ElementsAre("warning 4 missing-glue: the target of this NS record, ns.sub.example., stands below the "
                          "delegation and has no address here"));
  EXPECT_THAT(CheckRecords("sub NS sub\n"), ElementsAre(HasSubstr("missing-glue")));
  EXPECT_THAT(CheckRecords("sub NS ns.sub\nns.sub A 192.0.2.1\n"), IsEmpty());
  // The address is the other child's to know.
  EXPECT_THAT(CheckRecords("sub NS ns.other\nother NS ns.elsewhere.\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("@ MX 1 mail.other\nother NS ns.elsewhere.\n"), IsEmpty());
}

TEST(Targets, OfWhatIsNeverServedDoNotMatter) {
  EXPECT_THAT(CheckRecords("sub NS ns.elsewhere.\nx.sub MX 1 nowhere\n"),
              ElementsAre(HasSubstr("occluded-by-delegation")));
  EXPECT_THAT(CheckRecords("d DNAME x.elsewhere.\n@ MX 1 mail.d\n"), IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
