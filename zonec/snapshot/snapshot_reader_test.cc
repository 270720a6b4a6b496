// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/snapshot_reader.h"

#include <string>
#include <vector>

#include "dns/lookup_name.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/snapshot_builder.h"
#include "zonec/snapshot/testing.h"

namespace strata::snapshot {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace rr = dns::rr_type;

const std::string& File() {
  static const std::string& file = *[] {
    Zone zone =
        ZoneOf({"@ NS ns", "@ MX 10 mail", "@ MX 20 elsewhere.", "ns A 192.0.2.1", "mail A 192.0.2.2", "*.w TXT any"});
    return new std::string(*BuildSnapshot(ZoneTree(&zone)));
  }();
  return file;
}

NodeId FindText(const SnapshotReader& reader, absl::string_view name) {
  return reader.Find(dns::LookupName(dns::Name::FromText(name)->wire()));
}

TEST(SnapshotReaderTest, Header) {
  const auto reader = SnapshotReader::Open(File());
  ASSERT_THAT(reader, IsOk());
  EXPECT_EQ(dns::WireNameToText(reader->origin()), "example.");
  EXPECT_EQ(reader->serial(), 7u);
  EXPECT_EQ(reader->rr_class(), 1);
  EXPECT_EQ(reader->record_count(), 7u);
  EXPECT_EQ(reader->node_count(), 5u);
  EXPECT_EQ(reader->identity().size(), 32u);
  EXPECT_EQ(reader->checksum(), File().substr(kChecksumOffset, kChecksumSize));
}

TEST(SnapshotReaderTest, RecordsAndTargets) {
  const auto reader = SnapshotReader::Open(File());
  ASSERT_THAT(reader, IsOk());
  EXPECT_EQ(FindText(*reader, "EXAMPLE."), 0u);
  EXPECT_EQ(FindText(*reader, "nowhere.example."), kNone);
  EXPECT_EQ(FindText(*reader, "."), kNone);
  const auto mx = reader->FindRRset(reader->node(0), rr::kMX);
  ASSERT_TRUE(mx.has_value());
  EXPECT_EQ(mx->ttl, 3600u);
  EXPECT_EQ(mx->rdata_count, 2);
  std::vector<std::string> exchanges;
  for (RdataCursor rdata(*mx); rdata.Next();) {
    exchanges.push_back(dns::WireNameToText(rdata.value().substr(2)));
  }
  EXPECT_THAT(exchanges, ElementsAre("mail.example.", "elsewhere."));
  EXPECT_EQ(reader->Target(*mx, 0), FindText(*reader, "mail.example."));
  EXPECT_EQ(reader->Target(*mx, 1), kNone);
  EXPECT_EQ(reader->Target(*mx, 2), kNone);
  EXPECT_FALSE(reader->FindRRset(reader->node(0), rr::kTXT).has_value());
  EXPECT_EQ(reader->RRset(0xffffffff).rdata_count, 0);
}

TEST(SnapshotReaderTest, SaysWhatIsWrong) {
  EXPECT_THAT(SnapshotReader::Open(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty")));
  EXPECT_THAT(SnapshotReader::Open("$TTL 3600\n@ SOA"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not a snapshot")));
  std::string later = File();
  later[kVersionOffset] = 99;
  EXPECT_THAT(SnapshotReader::Open(later), StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("format version 99")));
}

TEST(SnapshotReaderTest, CutShortAnywhereIsRefused) {
  for (size_t size = 0; size < File().size(); ++size) {
    ASSERT_FALSE(SnapshotReader::Open(absl::string_view(File()).substr(0, size)).ok()) << size;
  }
  EXPECT_THAT(SnapshotReader::Open(File() + "x"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
}

TEST(SnapshotReaderTest, TagsOfTheFixedFieldsAreChecked) {
  for (size_t at : {0, 9, 14, 15}) {
    std::string changed = File();
    changed[at] ^= 1;
    EXPECT_FALSE(SnapshotReader::Open(changed).ok()) << at;
  }
}

// A class of more than 16 bits and an empty origin, both with a checksum that is right.
TEST(SnapshotReaderTest, HeaderFieldsOutOfRangeAreRefused) {
  std::string changed = File();
  const size_t class_at = kCoveredOffset + 34 + 2 + 9;
  ASSERT_EQ(changed[class_at], '\x35');
  changed[class_at + 3] = 1;
  FixChecksum(&changed);
  EXPECT_THAT(SnapshotReader::Open(changed), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
  changed = File();
  ASSERT_EQ(changed[kCoveredOffset + 34], '\x2a');
  changed[kCoveredOffset + 34 + 1] = 0;
  EXPECT_FALSE(SnapshotReader::Open(changed).ok());
}

}  // namespace
}  // namespace strata::snapshot
