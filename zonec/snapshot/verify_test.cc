// What SnapshotReader::Verify() finds: chance damage by the checksum, anything else by the structure.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <functional>
#include <string>

#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/snapshot/v1/snapshot.pb.h"
#include "zonec/snapshot/snapshot_builder.h"
#include "zonec/snapshot/snapshot_reader.h"
#include "zonec/snapshot/testing.h"

namespace strata::snapshot {
namespace {

using ::testing::HasSubstr;

// Nodes: 0 example., 1 d, 2 x.d, 3 sub, 4 ns.sub, 5 w, 6 *.w, 7 www.
const std::string& File() {
  static const std::string& file = *[] {
    Zone zone =
        ZoneOf({"@ NS ns.sub", "@ MX 10 www", "sub NS ns.sub", "ns.sub A 192.0.2.1", "www A 192.0.2.2", "*.w TXT any",
                "d DNAME t", "x.d TXT hidden", "www RRSIG A 8 2 3600 20300101000000 20200101000000 1 example. AAAA"});
    return new std::string(*BuildSnapshot(ZoneTree(&zone)));
  }();
  return file;
}

absl::Status Verify(absl::string_view file) {
  const auto reader = SnapshotReader::Open(file);
  return reader.ok() ? reader->Verify() : reader.status();
}

TEST(VerifyTest, SoundFilesPass) { EXPECT_THAT(Verify(File()), IsOk()); }

TEST(VerifyTest, EveryFlippedOctetIsFound) {
  for (size_t at = 0; at < File().size(); ++at) {
    std::string changed = File();
    changed[at] ^= 0x10;
    ASSERT_FALSE(Verify(changed).ok()) << at;
  }
}

class IndexEdit {
 public:
  IndexEdit() : file_(File()) {
    v1::ZoneSnapshot message;
    EXPECT_TRUE(message.ParseFromString(file_));
    index_ = message.index_offset();
    header_ = Load<IndexHeader>(file_.data() + index_);
  }

  // Verifies the file with one entry of a table changed and the checksum made right.
  absl::Status Node(uint32_t i, const std::function<void(NodeEntry&)>& change) {
    return Edit(index_ + header_.nodes_offset + i * sizeof(NodeEntry), change);
  }
  absl::Status RRset(uint32_t i, const std::function<void(RRsetEntry&)>& change) {
    return Edit(index_ + header_.rrsets_offset + i * sizeof(RRsetEntry), change);
  }
  absl::Status Target(uint32_t i, const std::function<void(uint32_t&)>& change) {
    return Edit(index_ + header_.targets_offset + i * sizeof(uint32_t), change);
  }
  absl::Status Header(const std::function<void(IndexHeader&)>& change) { return Edit(index_, change); }

 private:
  template <typename T>
  absl::Status Edit(size_t at, const std::function<void(T&)>& change) {
    T entry = Load<T>(file_.data() + at);
    change(entry);
    std::string changed = file_;
    std::memcpy(&changed[at], &entry, sizeof entry);
    FixChecksum(&changed);
    return Verify(changed);
  }

  std::string file_;
  size_t index_ = 0;
  IndexHeader header_{};
};

#define EXPECT_BROKEN(status, what) EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(what)))

TEST(VerifyTest, LinksOfNodes) {
  IndexEdit edit;
  EXPECT_THAT(edit.Node(7, [](NodeEntry&) {}), IsOk());
  EXPECT_BROKEN(edit.Node(0, [](NodeEntry& node) { node.parent = 0; }), "apex");
  EXPECT_BROKEN(edit.Node(0, [](NodeEntry& node) { node.flags |= kBelowDname; }), "apex");
  EXPECT_BROKEN(edit.Node(2, [](NodeEntry& node) { node.parent = 0; }), "parent");
  EXPECT_BROKEN(edit.Node(2, [](NodeEntry& node) { node.parent = 2; }), "parent");
  EXPECT_BROKEN(edit.Node(3, [](NodeEntry& node) { node.cut = kNone; }), "zone cut");
  EXPECT_BROKEN(edit.Node(4, [](NodeEntry& node) { node.cut = 4; }), "zone cut");
  EXPECT_BROKEN(edit.Node(7, [](NodeEntry& node) { node.cut = 7; }), "zone cut");
  EXPECT_BROKEN(edit.Node(5, [](NodeEntry& node) { node.wildcard = kNone; }), "wildcard");
  EXPECT_BROKEN(edit.Node(3, [](NodeEntry& node) { node.wildcard = 4; }), "wildcard");
  EXPECT_BROKEN(edit.Node(7, [](NodeEntry& node) { node.wildcard = 6; }), "wildcard");
  EXPECT_BROKEN(edit.Node(7, [](NodeEntry& node) { node.wildcard = 1000; }), "wildcard");
}

TEST(VerifyTest, NamesAndFlagsOfNodes) {
  IndexEdit edit;
  EXPECT_BROKEN(edit.Node(2, [](NodeEntry& node) { node.name_offset = 0xfffffff0; }), "a name");
  EXPECT_BROKEN(edit.Node(2, [](NodeEntry& node) { --node.name_size; }), "a name");
  EXPECT_BROKEN(edit.Node(1, [](NodeEntry& node) { node.flags = 0; }), "flags");
  EXPECT_BROKEN(edit.Node(2, [](NodeEntry& node) { node.flags = 0; }), "flags");
  EXPECT_BROKEN(edit.Node(7, [](NodeEntry& node) { node.flags = kHasCname; }), "flags");
  EXPECT_BROKEN(edit.Node(7, [](NodeEntry& node) { node.flags = kBelowDname; }), "flags");
  EXPECT_BROKEN(edit.Node(6, [](NodeEntry& node) { ++node.first_rrset; }), "order of its RRsets");
  EXPECT_BROKEN(edit.Node(7, [](NodeEntry& node) { --node.rrset_count; }), "");
}

TEST(VerifyTest, RRsets) {  // 0 NS, 1 SOA and 2 MX at the apex; the last is the RRSIG of www, before it its A
  IndexEdit edit;
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { rrset.type = 1; }), "order of an RRset");
  EXPECT_BROKEN(edit.RRset(1, [](RRsetEntry& rrset) { rrset.type = 7; }), "SOA");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { ++rrset.rdata_count; }), "size of an RRset");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { ++rrset.rdata_max; }), "size of an RRset");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { --rrset.rdatas_size; }), "size of an RRset");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { rrset.rdatas_offset = 0xfffffff0; }), "an RRset");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { rrset.signatures = 0; }), "signatures");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { rrset.first_target = kNone; }), "target");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { rrset.first_target = 1000; }), "target");
  EXPECT_BROKEN(edit.RRset(1, [](RRsetEntry& rrset) { rrset.first_target = 0; }), "target");
  EXPECT_BROKEN(edit.RRset(2, [](RRsetEntry& rrset) { ++rrset.ttl; }), "identity");
}

TEST(VerifyTest, TargetsAndCounts) {
  IndexEdit edit;
  EXPECT_BROKEN(edit.Target(0, [](uint32_t& target) { target = 0; }), "target");
  EXPECT_BROKEN(edit.Header([](IndexHeader& header) { --header.node_count; }), "");
  EXPECT_BROKEN(edit.Header([](IndexHeader& header) { --header.rrset_count; }), "");
  EXPECT_BROKEN(edit.Header([](IndexHeader& header) { header.bucket_count = 3; }), "");
  EXPECT_BROKEN(edit.Header([](IndexHeader& header) { header.targets_offset += 4; }), "");
}

}  // namespace
}  // namespace strata::snapshot
