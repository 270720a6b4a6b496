// Tests that what workers and the store count is on the page, added up, and when the authority is ready.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/authority_metrics.h"

#include <filesystem>
#include <string>

#include "authority/testing/temp_directory.h"
#include "authority/testing/test_zone.h"
#include "dns/rr_type.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AuthorityMetricsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = SnapshotStore::Open({snapshots_.path(), state_ / "copies"}, &catalog_);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  std::string Page() {
    base::MetricsWriter writer;
    metrics_.Write(&writer);
    WriteZoneMetrics(*catalog_.Current(), store_->metrics(), &writer);
    EXPECT_THAT(writer.status(), IsOk());
    return writer.text();
  }

  TempDirectory snapshots_;
  TempDirectory state_;
  PublishedCatalog catalog_;
  std::unique_ptr<SnapshotStore> store_;
  AuthorityMetrics metrics_;
};

TEST_F(AuthorityMetricsTest, AddsUpItsWorkers) {
  AnswerMetrics* const first = metrics_.AddWorker();
  AnswerMetrics* const second = metrics_.AddWorker();
  for (AnswerMetrics* const worker : {first, second}) {
    worker->queries[dns::TypeLabelIndex(dns::rr_type::kAAAA)].Add(20);
    worker->answers[dns::RcodeLabelIndex(dns::rcode::kNXDomain)].Add(3);
  }
  const std::string page = Page();
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_queries_total{type=\"AAAA\"} 40\n"));
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_queries_total{type=\"other\"} 0\n"));
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_answers_total{rcode=\"NXDOMAIN\"} 6\n"));
}

TEST_F(AuthorityMetricsTest, TellsOfSnapshots) {
  snapshots_.Write("a.snap", SnapshotText("a.", "www A 192.0.2.1"));
  snapshots_.Write("b.snap", SnapshotText("b.", "www A 192.0.2.1"));
  snapshots_.Write("c.snap", "nonsense");
  ASSERT_THAT(store_->Scan(), IsOk());
  std::string page = Page();
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_zones 2\n"));
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_zone_records 4\n"));
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_snapshots_loaded_total 2\n"));
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_snapshots_refused_total 1\n"));

  std::filesystem::remove(snapshots_ / "b.snap");
  ASSERT_THAT(store_->Scan(), IsOk());
  page = Page();
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_zones 1\n"));
  EXPECT_THAT(page, HasSubstr("\nstrata_authority_snapshots_withdrawn_total 1\n"));
}

TEST_F(AuthorityMetricsTest, IsReadyOnceAZoneIsLoaded) {
  const auto reasons = [this] { return GetReadiness(*catalog_.Current(), *store_).reasons; };
  EXPECT_THAT(reasons(), ElementsAre("no zone is loaded from " + snapshots_.path()));

  snapshots_.Write("a.snap", SnapshotText("a.", "www A 192.0.2.1"));
  ASSERT_THAT(store_->Scan(), IsOk());
  EXPECT_THAT(reasons(), ElementsAre());

  // What is loaded is served on.
  std::filesystem::remove_all(snapshots_.path());
  EXPECT_FALSE(store_->Scan().ok());
  EXPECT_THAT(reasons(), ElementsAre());
  EXPECT_THAT(Page(), HasSubstr("\nstrata_authority_snapshot_scans_failed_total 1\n"));
}

TEST_F(AuthorityMetricsTest, SaysWhenItHasNothingToLoadFrom) {
  std::filesystem::remove_all(snapshots_.path());
  EXPECT_FALSE(store_->Scan().ok());
  EXPECT_THAT(GetReadiness(*catalog_.Current(), *store_).reasons,
              ElementsAre(HasSubstr("no zone is loaded"), HasSubstr("cannot be read")));
}

}  // namespace
}  // namespace strata::authority
