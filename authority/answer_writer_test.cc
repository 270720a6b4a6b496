// SPDX-License-Identifier: Apache-2.0
#include "authority/answer_writer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "authority/testing/test_zone.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using Section = AnswerWriter::Section;

class AnswerWriterTest : public ::testing::Test {
 protected:
  snapshot::RRsetView RRset(absl::string_view owner, uint16_t type) {
    const dns::LookupName name(dns::Name::FromText(owner)->wire());
    return *zone_->reader.FindRRset(zone_->reader.node(zone_->reader.Find(name)), type);
  }
  AnswerWriter Writer(size_t max_size = 65535) { return AnswerWriter(qname_, dns::rr_type::kA, 1, max_size, buffer_); }
  std::string Text(const AnswerWriter& writer) { return AnswerText(absl::string_view(buffer_, writer.size())); }

  std::shared_ptr<const Zone> zone_ = MakeZone("example.", R"(
    @ MX 10 mail
    www 60 A 192.0.2.1
    www 60 A 192.0.2.2
    mail AAAA 2001:db8::1
    srv SRV 0 0 443 www)");
  dns::LookupName qname_{dns::Name::FromText("www.example.")->wire()};
  char buffer_[65535];
};

TEST_F(AnswerWriterTest, SectionsAndCounts) {
  AnswerWriter writer = Writer();
  writer.Begin(Section::kAnswer);
  writer.WriteRRset(qname_.wire(), 1, RRset("www.example.", dns::rr_type::kA));
  writer.Begin(Section::kAuthority);
  writer.WriteRRset(zone_->reader.origin(), 1, RRset("example.", dns::rr_type::kSOA), 5);
  writer.Begin(Section::kAdditional);
  const dns::Name mail = *dns::Name::FromText("mail.example.");
  EXPECT_TRUE(writer.TryWriteRRset(mail.wire(), 1, RRset("mail.example.", dns::rr_type::kAAAA)));
  writer.Finish(dns::kAa);
  ASSERT_TRUE(writer.ok());
  EXPECT_EQ(Text(writer),
            "NOERROR aa\nanswer:\nwww.example. 60 IN A 192.0.2.1\nwww.example. 60 IN A 192.0.2.2\n"
            "authority:\nexample. 5 IN SOA ns.example. hostmaster.example. 1 7200 900 1209600 300\n"
            "additional:\nmail.example. 3600 IN AAAA 2001:db8::1\n");
}

TEST_F(AnswerWriterTest, OwnersAndNamesAreCompressed) {
  AnswerWriter writer = Writer();
  EXPECT_EQ(writer.size(), 12u + 13 + 4);
  writer.WriteRRset(qname_.wire(), 1, RRset("www.example.", dns::rr_type::kA));
  EXPECT_EQ(writer.size(), 29u + 2 * 16) << "owners are pointers to the question";
  writer.WriteRRset(zone_->reader.origin(), 1, RRset("example.", dns::rr_type::kMX));
  EXPECT_EQ(writer.size(), 61u + 2 + 10 + 2 + 5 + 2) << "mail.example. points to example.";
  const size_t before = writer.size();
  writer.WriteRRset(qname_.wire(), 1, RRset("srv.example.", dns::rr_type::kSRV));
  EXPECT_EQ(writer.size(), before + 2 + 10 + 6 + 13) << "names in SRV are not compressed (RFC 3597 §4)";
}

TEST_F(AnswerWriterTest, Cname) {
  AnswerWriter writer = Writer();
  writer.WriteCname(qname_.wire(), 1, 7, zone_->reader.origin());
  writer.Finish(0);
  EXPECT_EQ(Text(writer), "NOERROR\nanswer:\nwww.example. 7 IN CNAME example.\n");
}

TEST_F(AnswerWriterTest, WhatIsTriedLeavesNoTrace) {
  AnswerWriter writer = Writer(29 + 31);  // a record of 16 and one octet less than another
  writer.Begin(Section::kAdditional);
  EXPECT_FALSE(writer.TryWriteRRset(qname_.wire(), 1, RRset("www.example.", dns::rr_type::kA)));
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.size(), 29u);
  writer.Finish(0);
  EXPECT_EQ(Text(writer), "NOERROR\n");
}

TEST_F(AnswerWriterTest, Truncate) {
  AnswerWriter writer = Writer(29 + 31);
  writer.WriteRRset(qname_.wire(), 1, RRset("www.example.", dns::rr_type::kA));
  EXPECT_FALSE(writer.ok());
  EXPECT_FALSE(writer.TryWriteRRset(qname_.wire(), 1, RRset("www.example.", dns::rr_type::kA)));
  writer.Truncate(dns::kAa);
  EXPECT_EQ(Text(writer), "NOERROR aa tc\n");
}

}  // namespace
}  // namespace strata::authority
