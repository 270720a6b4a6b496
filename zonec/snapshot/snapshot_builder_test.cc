// What the builder writes, read back by protobuf and by the reader, for zones small and random.
//
// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/snapshot_builder.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/lookup_name.h"
#include "dns/rdata.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/snapshot/v1/snapshot.pb.h"
#include "zonec/snapshot/snapshot_reader.h"
#include "zonec/snapshot/testing.h"

namespace strata::snapshot {
namespace {

namespace rr = dns::rr_type;

std::string Build(Zone* zone) {
  absl::StatusOr<std::string> file = BuildSnapshot(ZoneTree(zone));
  EXPECT_THAT(file, IsOk());
  return file.ok() ? *file : "";
}
std::string Build(Zone&& zone) { return Build(&zone); }

TEST(SnapshotBuilderTest, IsTheProtobufMessage) {
  const std::string file = Build(ZoneOf({"www A 192.0.2.1", "www A 192.0.2.2", "a.b TXT x"}));
  v1::ZoneSnapshot message;
  ASSERT_TRUE(message.ParseFromString(file));
  // Field by field in the order of their numbers, as protobuf itself would write it.
  EXPECT_EQ(message.SerializeAsString(), file);
  EXPECT_EQ(message.magic(), kMagic);
  EXPECT_EQ(file.substr(0, 9), "\tTRATAZN\n");
  EXPECT_EQ(message.format_version(), kFormatVersion);
  EXPECT_EQ(message.serial(), 7u);
  EXPECT_EQ(message.record_count(), 4u);
  EXPECT_EQ(message.rr_class(), 1u);
  EXPECT_EQ(message.origin(), std::string("\7example\0", 9));
  EXPECT_EQ(message.index_offset() % 64, 0u);
  EXPECT_EQ(message.index(), file.substr(message.index_offset()));
  EXPECT_EQ(message.index_size(), message.index().size());
  ASSERT_EQ(message.nodes_size(), 4);
  EXPECT_EQ(message.nodes(1).rrsets_size(), 0);
  const v1::RRset& addresses = message.nodes(3).rrsets(0);
  EXPECT_EQ(addresses.type(), rr::kA);
  EXPECT_EQ(addresses.ttl(), 3600u);
  ASSERT_EQ(addresses.rdatas_size(), 2);
  EXPECT_EQ(addresses.rdatas(1), std::string("\xc0\0\2\2", 4));
}

TEST(SnapshotBuilderTest, PaddingOfEveryLengthAlignsTheIndex) {
  std::string text;
  for (int i = 0; i < 70; ++i) {
    text += "x";
    const std::string file = Build(ZoneOf({absl::StrCat("www TXT ", text)}));
    v1::ZoneSnapshot message;
    ASSERT_TRUE(message.ParseFromString(file));
    ASSERT_EQ(message.index_offset() % kIndexAlignment, 0u) << i;
    ASSERT_THAT(SnapshotReader::Open(file)->Verify(), IsOk()) << i;
  }
}

TEST(SnapshotBuilderTest, RefusesWhatIsNoZone) {
  const auto error = [](Zone zone) { return BuildSnapshot(ZoneTree(&zone)); };
  const auto invalid = [](absl::string_view words) {
    return StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr(std::string(words)));
  };
  EXPECT_THAT(error(Zone()), invalid("no SOA"));
  EXPECT_THAT(error(ZoneOf({"@ SOA ns other 7 7200 900 1209600 300"})), invalid("more than one"));
  EXPECT_THAT(error(ZoneOf({"sub SOA ns other 7 7200 900 1209600 300"})), invalid("below"));
  dns::Record malformed = RecordOf("www A 192.0.2.1");
  malformed.rdata += "x";
  EXPECT_THAT(error(ZoneWith(malformed)), invalid("malformed RDATA"));
  dns::Record meta = RecordOf("www A 192.0.2.1");
  meta.type = dns::rr_type::kANY;
  EXPECT_THAT(error(ZoneWith(meta)), invalid("meta type"));
}

// Also of the same record twice, but for its TTL: which of the two stays must not depend on their order, so neither
// does.
TEST(SnapshotBuilderTest, TtlsOfOneRRsetMustAgree) {
  for (const char* other : {"www A 192.0.2.2", "www A 192.0.2.1"}) {
    Zone zone = ZoneOf({"www A 192.0.2.1"});
    zone.Add(RecordOf(other, "example.", 60));
    EXPECT_THAT(BuildSnapshot(ZoneTree(&zone)),
                StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("TTLs 3600 and 60")));
  }
}

TEST(SnapshotBuilderTest, SignaturesAreLinked) {
  constexpr char kRest[] = " 8 2 3600 20300101000000 20200101000000 1 example. AAAA";
  const std::string file =
      Build(ZoneOf({"w TXT b", "w A 192.0.2.1", absl::StrCat("w RRSIG TXT", kRest), absl::StrCat("w RRSIG A", kRest)}));
  const auto reader = SnapshotReader::Open(file);
  ASSERT_THAT(reader, IsOk());
  const NodeEntry node = reader->node(1);
  ASSERT_EQ(node.rrset_count, 4);
  EXPECT_EQ(reader->RRset(node.first_rrset).type, rr::kA);
  EXPECT_EQ(reader->RRset(node.first_rrset).signatures, node.first_rrset + 2);
  EXPECT_EQ(reader->RRset(node.first_rrset + 1).signatures, node.first_rrset + 3);
  EXPECT_EQ(reader->RRset(node.first_rrset + 2).signatures, kNone);
}

TEST(SnapshotBuilderTest, IdentityIsOfTheRecordsNotOfTheirSpelling) {
  auto identity = [](std::initializer_list<absl::string_view> lines) {
    return std::string(SnapshotReader::Open(Build(ZoneOf(lines)))->identity());
  };
  EXPECT_EQ(identity({"WWW A 192.0.2.1", "@ NS NS1"}), identity({"www A 192.0.2.1", "@ NS ns1"}));
  EXPECT_NE(identity({"www A 192.0.2.1"}), identity({"www A 192.0.2.2"}));
  EXPECT_NE(identity({"www A 192.0.2.1"}), identity({"ww2 A 192.0.2.1"}));
}

// A label that is short and of few kinds, so that names share ancestors.
std::string RandomLabel(std::mt19937* random) {
  constexpr const char* kLabels[] = {"a", "B", "c", "*", "\\000", "\\001x", "long-label-of-some-size", "\\255"};
  return kLabels[(*random)() % std::size(kLabels)];
}

std::string RandomName(std::mt19937* random) {
  std::string name = RandomLabel(random);
  for (int more = (*random)() % 4; more > 0; --more) absl::StrAppend(&name, ".", RandomLabel(random));
  return name;
}

Zone RandomZone(std::mt19937* random) {
  Zone zone = ZoneOf({});
  for (int i = (*random)() % 200; i > 0; --i) {
    const std::string owner = RandomName(random);
    switch ((*random)() % 7) {
      case 0:
        zone.Add(RecordOf(absl::StrCat(owner, " NS ", RandomName(random))));
        break;
      case 1:
        zone.Add(RecordOf(absl::StrCat(owner, " CNAME ", RandomName(random))));
        break;
      case 2:
        zone.Add(RecordOf(absl::StrCat(owner, " DNAME ", RandomName(random))));
        break;
      case 3:
        zone.Add(RecordOf(absl::StrCat(owner, " MX 1 ", RandomName(random))));
        break;
      case 4:
        zone.Add(RecordOf(absl::StrCat(owner, " TXT ", std::string((*random)() % 250, 'x'), "y")));
        break;
      default:
        zone.Add(RecordOf(absl::StrCat(owner, " A 192.0.2.", (*random)() % 256)));
    }
  }
  return zone;
}

using Key = std::tuple<std::string, uint16_t, std::string>;  // owner, type, canonical RDATA

std::map<Key, uint32_t> Records(const Zone& zone) {
  std::map<Key, uint32_t> records;
  for (const ZoneRecord& in_zone : zone.records()) {
    const dns::Record record = zone.ToRecord(in_zone);
    records[{std::string(record.owner.wire()), record.type, dns::CanonicalRdata(record.type, record.rdata)}] =
        record.ttl;
  }
  return records;
}

std::map<Key, uint32_t> Records(const SnapshotReader& reader) {
  std::map<Key, uint32_t> records;
  for (NodeId id = 0; id < reader.node_count(); ++id) {
    const NodeEntry node = reader.node(id);
    for (uint32_t i = 0; i < node.rrset_count; ++i) {
      const RRsetView rrset = reader.RRset(node.first_rrset + i);
      for (RdataCursor rdata(rrset); rdata.Next();) {
        records[{std::string(reader.NodeName(node)), rrset.type, dns::CanonicalRdata(rrset.type, rdata.value())}] =
            rrset.ttl;
      }
    }
  }
  return records;
}

// What the index says of each name, found out anew from the set of records.
void ExpectLinksRight(const SnapshotReader& reader, const std::map<Key, uint32_t>& records) {
  auto owns = [&records](const dns::Name& name, uint16_t type) {
    const auto found = records.lower_bound(Key(std::string(name.wire()), type, ""));
    return found != records.end() && std::get<0>(found->first) == name.wire() && std::get<1>(found->first) == type;
  };
  const dns::Name origin = *dns::Name::FromWire(reader.origin());
  for (NodeId id = 0; id < reader.node_count(); ++id) {
    const NodeEntry node = reader.node(id);
    const dns::Name name = *dns::Name::FromWire(reader.NodeName(node));
    ASSERT_EQ(reader.Find(dns::LookupName(name.wire())), id);
    ASSERT_EQ(node.wildcard, reader.Find(dns::LookupName(name.Prepend("*")->wire())));
    dns::Name cut = origin;
    bool below_dname = false;
    for (dns::Name n = name; n != origin; n = n.Parent()) {
      if (owns(n, rr::kNS)) cut = n;
      below_dname = below_dname || (n != name && owns(n, rr::kDNAME));
    }
    below_dname = below_dname || (name != origin && owns(origin, rr::kDNAME));
    ASSERT_EQ(node.cut, cut == origin ? kNone : reader.Find(dns::LookupName(cut.wire()))) << name.ToText();
    ASSERT_EQ((node.flags & kBelowDname) != 0, below_dname) << name.ToText();
    ASSERT_EQ((node.flags & kHasCname) != 0, owns(name, rr::kCNAME));
    if (const auto mx = reader.FindRRset(node, rr::kMX); mx.has_value()) {
      int i = 0;
      for (RdataCursor rdata(*mx); rdata.Next(); ++i) {
        ASSERT_EQ(reader.Target(*mx, i), reader.Find(dns::LookupName(rdata.value().substr(2))));
      }
    }
  }
}

TEST(SnapshotBuilderTest, RandomZones) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 60; ++round) {
    Zone zone = RandomZone(&random);
    const std::map<Key, uint32_t> records = Records(zone);
    const std::string file = Build(&zone);
    const auto reader = SnapshotReader::Open(file);
    ASSERT_THAT(reader, IsOk());
    ASSERT_THAT(reader->Verify(), IsOk());
    ASSERT_EQ(Records(*reader), records);
    ASSERT_EQ(reader->record_count(), records.size());
    ExpectLinksRight(*reader, records);
    // What is not there is not found: the children of every name that the zone has no such child of.
    for (NodeId id = 0; id < reader->node_count(); ++id) {
      const auto child = dns::Name::FromWire(reader->NodeName(reader->node(id)))->Prepend("nowhere");
      ASSERT_EQ(reader->Find(dns::LookupName(child->wire())), kNone);
      ASSERT_EQ(reader->Find(dns::LookupName(child->wire()), 1), id);
    }
    // The same records in another order, and some twice.
    std::vector<dns::Record> shuffled;
    for (const ZoneRecord& record : zone.records()) shuffled.push_back(zone.ToRecord(record));
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    shuffled.push_back(shuffled[0]);
    Zone other(zone.origin());
    for (const dns::Record& record : shuffled) other.Add(record);
    ASSERT_EQ(Build(&other), file);
  }
}

}  // namespace
}  // namespace strata::snapshot
