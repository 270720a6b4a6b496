// Snapshots come, change, go and break while queries run.
//
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

// From 10 on.
constexpr int kVersions = 211;

// A zone whose www has the address 192.0.2.`version`. `padding`: so many records beside it.
std::string ZoneText(int version, int padding = 0) {
  std::string text = absl::StrCat("$TTL 60\n@ SOA ns root ", version,
                                  " 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\nwww A 192.0.2.", version, "\n");
  for (int i = 0; i < padding; ++i)
    absl::StrAppend(&text, "pad", i, " TXT some-text-to-make-the-zone-larger-", i, "\n");
  return text;
}

bool HasVersion(const Outcome& outcome, int version) {
  return outcome.Is(Ipv4(192, 0, 2, static_cast<uint8_t>(version)));
}

uint16_t RcodeOf(const Cluster& cluster, absl::string_view name) {
  const absl::StatusOr<dns::Message> answer = Ask(cluster.port(), name, dns::rr_type::kA);
  return answer.ok() ? answer->rcode : 999;
}

// True as soon as the rcode is `rcode`.
bool WaitForRcode(const Cluster& cluster, absl::string_view name, uint16_t rcode) {
  for (int i = 0; i < 1000; ++i) {
    if (RcodeOf(cluster, name) == rcode) return true;
    absl::SleepFor(absl::Milliseconds(10));
  }
  return false;
}

class ZoneUpdateTest : public testing::Test {
 protected:
  void SetUp() override {
    cluster_.WriteZone("update.test", ZoneText(10));
    cluster_.WriteZone("other.test", ZoneText(77));
    ASSERT_TRUE(cluster_.StartAll());
    load_.emplace(QueryLoad::Options{.port = cluster_.port(), .name = "www.update.test."});
    ASSERT_TRUE(load_->WaitFor([](const Outcome& o) { return HasVersion(o, 10); }));
  }

  // Every query was answered, by versions that never went back.
  void ExpectVersionsOnlyRise() {
    int version = 10;
    absl::Time version_seen;
    for (const Outcome& outcome : load_->Stop()) {
      int seen = 0;
      for (int v = 10; v < kVersions; ++v) {
        if (HasVersion(outcome, v)) seen = v;
      }
      ASSERT_NE(seen, 0) << outcome.Describe();
      // Clients run side by side: one that asked before another had the new version may still have got the old one.
      if (outcome.asked > version_seen) {
        EXPECT_GE(seen, version) << "asked after version " << version << " was seen";
      }
      if (seen > version) {
        version = seen;
        version_seen = outcome.done;
      }
    }
  }

  // The old zone is served on, and the authority has said of the file what is wrong.
  void ExpectRefused(absl::string_view reason) {
    EXPECT_TRUE(cluster_.authority(0).WaitForStderr(reason, absl::Seconds(10))) << cluster_.authority(0).Describe();
    EXPECT_TRUE(cluster_.authority(0).WaitForStderr("update.test.snap", absl::Seconds(1)));
    EXPECT_TRUE(load_->WaitFor([](const Outcome& o) { return HasVersion(o, 10); }));
  }

  Cluster cluster_;
  std::optional<QueryLoad> load_;
};

TEST_F(ZoneUpdateTest, EachNewVersionIsServedAndNoOldOneAfterIt) {
  for (int version = 11; version < 18; ++version) {
    const std::string snapshot = cluster_.CompileZone("update.test", ZoneText(version, version * 50));
    if (version % 2 == 0) {
      ReplaceFile(cluster_.SnapshotPath("update.test"), snapshot);
    } else {
      WriteFile(cluster_.SnapshotPath("update.test"), snapshot);  // As `cp` does.
    }
    EXPECT_TRUE(load_->WaitFor([&](const Outcome& o) { return HasVersion(o, version); }))
        << cluster_.authority(0).Describe();
  }
  ExpectVersionsOnlyRise();
}

// By every route that files take, as fast as they come, under load: no answer is lost, and each is of one version.
TEST_F(ZoneUpdateTest, TwoHundredVersionsInARow) {
  const std::string path = cluster_.SnapshotPath("update.test"), folder = absl::StrCat(path, "-links");
  std::filesystem::create_directory(folder);
  for (int version = 11; version < kVersions; ++version) {
    const std::string snapshot = cluster_.CompileZone("update.test", ZoneText(version, version % 7 * 100));
    if (version % 3 == 0) {
      ReplaceFile(path, snapshot);
    } else if (version % 3 == 1) {
      WriteFile(path, snapshot);
    } else {
      // A link to a file that is elsewhere, as Kubernetes mounts them.
      const std::string target = absl::StrCat(folder, "/", version), link = absl::StrCat(folder, "/link");
      WriteFile(target, snapshot);
      std::filesystem::create_symlink(target, link);
      std::filesystem::rename(link, path);
    }
  }
  EXPECT_TRUE(load_->WaitFor([&](const Outcome& o) { return HasVersion(o, kVersions - 1); }));
  ExpectVersionsOnlyRise();
}

TEST_F(ZoneUpdateTest, ZonesComeAndGo) {
  EXPECT_EQ(RcodeOf(cluster_, "www.new.test."), dns::rcode::kRefused);
  cluster_.WriteZone("new.test", ZoneText(20));
  EXPECT_TRUE(WaitForRcode(cluster_, "www.new.test.", dns::rcode::kNoError));
  RemoveFile(cluster_.SnapshotPath("new.test"));
  EXPECT_TRUE(WaitForRcode(cluster_, "www.new.test.", dns::rcode::kRefused));
  // A zone inside another takes its names over, and gives them back.
  cluster_.WriteZone("www.other.test", ZoneText(21));
  EXPECT_TRUE(WaitForRcode(cluster_, "www.www.other.test.", dns::rcode::kNoError));
  RemoveFile(cluster_.SnapshotPath("www.other.test"));
  EXPECT_TRUE(WaitForRcode(cluster_, "www.www.other.test.", dns::rcode::kNXDomain));
  ExpectVersionsOnlyRise();
}

TEST_F(ZoneUpdateTest, DamagedSnapshotsAreRefusedByName) {
  const std::string good = cluster_.CompileZone("update.test", ZoneText(11, 100));
  std::string flipped = good;
  flipped[flipped.size() / 2] ^= 0x10;
  const std::vector<std::string> bad = {flipped,     good.substr(0, good.size() / 2), good.substr(0, 3), "",
                                        "garbage\n", std::string(100000, '\xff')};
  for (const std::string& octets : bad) {
    for (const bool in_place : {false, true}) {
      (in_place ? WriteFile : ReplaceFile)(cluster_.SnapshotPath("update.test"), octets);
      ExpectRefused("snapshot refused");
      absl::SleepFor(absl::Milliseconds(100));
    }
  }
  ReplaceFile(cluster_.SnapshotPath("update.test"), good);
  EXPECT_TRUE(load_->WaitFor([](const Outcome& o) { return HasVersion(o, 11); }));
  ExpectVersionsOnlyRise();
}

// docs/snapshot_format.md: the version is four octets, the lowest first, behind the magic.
constexpr size_t kFormatVersionOffset = 10;

TEST_F(ZoneUpdateTest, UnknownFormatVersionIsRefusedByName) {
  std::string newer = ReadFile(cluster_.SnapshotPath("update.test"));
  newer.at(kFormatVersionOffset) = 99;
  ReplaceFile(cluster_.SnapshotPath("update.test"), newer);
  ExpectRefused("version 99");
  ExpectVersionsOnlyRise();
}

TEST_F(ZoneUpdateTest, OldZoneIsServedAfterARestartBesideADamagedSnapshot) {
  std::string flipped = ReadFile(cluster_.SnapshotPath("update.test"));
  flipped.back() ^= 1;
  ReplaceFile(cluster_.SnapshotPath("update.test"), flipped);
  ExpectRefused("snapshot refused");
  ExpectVersionsOnlyRise();
}

TEST_F(ZoneUpdateTest, TruncatedMappedCopyFailsItsZoneOnly) {
  // So large that it is mapped.
  cluster_.WriteZone("update.test", ZoneText(10, 1000));
  ASSERT_TRUE(cluster_.authority(0).WaitForStderr("records=1004", absl::Seconds(10)));
  load_->Stop();
  // Only a root with bad intentions does this; a disk that breaks looks the same.
  const std::string wanted = ReadFile(cluster_.SnapshotPath("update.test"));
  int cut = 0;
  for (const auto& entry : std::filesystem::directory_iterator(cluster_.StatePath(0))) {
    if (ReadFile(entry.path()) != wanted) continue;
    std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all);
    ASSERT_EQ(truncate(entry.path().c_str(), 0), 0);
    ++cut;
  }
  ASSERT_EQ(cut, 1);
  EXPECT_TRUE(WaitForRcode(cluster_, "www.update.test.", dns::rcode::kServFail));
  EXPECT_EQ(RcodeOf(cluster_, "www.other.test."), dns::rcode::kNoError);
  EXPECT_TRUE(cluster_.authority(0).running());
  // The next version heals it.
  cluster_.WriteZone("update.test", ZoneText(11));
  EXPECT_TRUE(WaitForRcode(cluster_, "www.update.test.", dns::rcode::kNoError));
}

}  // namespace
}  // namespace strata::tests
