// A store on directories of its own, for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_TESTING_SNAPSHOT_STORE_FIXTURE_H_
#define STRATA_AUTHORITY_TESTING_SNAPSHOT_STORE_FIXTURE_H_

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "authority/snapshot_store.h"
#include "authority/testing/temp_directory.h"
#include "authority/testing/test_zone.h"
#include "dns/name.h"
#include "dns/testing/matchers.h"
#include "gtest/gtest.h"

namespace strata::authority {

// `www.ORIGIN A 192.0.2.LAST`.
inline std::string Snapshot(absl::string_view origin, int last) {
  return SnapshotText(origin, absl::StrCat("www A 192.0.2.", last));
}

class SnapshotStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { Start(); }

  // As a process that starts.
  void Start() {
    store_.reset();
    auto store = SnapshotStore::Open({snapshots_.path(), state_ / "copies"}, &catalog_);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  // As a second process that starts beside it.
  std::unique_ptr<SnapshotStore> StartGuest(PublishedCatalog* catalog) {
    auto guest = SnapshotStore::Open({snapshots_.path(), state_ / "copies"}, catalog);
    EXPECT_THAT(guest, IsOk());
    EXPECT_THAT((*guest)->Scan(), IsOk());
    return *std::move(guest);
  }

  int Scan() {
    const absl::StatusOr<int> refused = store_->Scan();
    EXPECT_THAT(refused, IsOk());
    return refused.value_or(-1);
  }

  // The address of www.ORIGIN, or "not ours".
  std::string Served(absl::string_view origin) {
    std::string answer = Ask(*catalog_.Current(), absl::StrCat("www.", origin, " A"));
    const size_t at = answer.find("IN A ");
    return at == std::string::npos ? answer : answer.substr(at + 5, answer.size() - at - 6);
  }

  std::vector<std::filesystem::path> Copies() {
    std::vector<std::filesystem::path> copies;
    for (const auto& entry : std::filesystem::directory_iterator(state_ / "copies")) {
      const std::string name = entry.path().filename().string();
      if (absl::EndsWith(name, ".snap") || absl::StartsWith(name, ".")) copies.push_back(entry.path());
    }
    return copies;
  }
  size_t CopyCount() { return Copies().size(); }

  static std::string Wire(absl::string_view name) { return std::string(dns::Name::FromText(name)->wire()); }

  absl::StatusOr<SnapshotStore::Change> Push(const std::string& octets, absl::string_view zone = "") {
    absl::StatusOr<IncomingCopy> copy = IncomingCopy::Create(state_ / "copies");
    EXPECT_THAT(copy, IsOk());
    EXPECT_THAT(copy->Append(octets), IsOk());
    return store_->Push(*std::move(copy), zone.empty() ? "" : Wire(zone));
  }
  absl::Status RollBack(absl::string_view origin, absl::string_view checksum = "") {
    return store_->RollBack(Wire(origin), checksum).status();
  }

  TempDirectory snapshots_;
  TempDirectory state_;
  PublishedCatalog catalog_;
  std::unique_ptr<SnapshotStore> store_;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_TESTING_SNAPSHOT_STORE_FIXTURE_H_
