// Tests of what each admin page says.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/admin_pages.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(AdminPage, IndexNamesTheServiceAndItsPages) {
  const AdminResponse index = AdminPage({}, "cache", "/");
  EXPECT_EQ(index.status, 200);
  EXPECT_THAT(index.body,
              AllOf(StartsWith("strata cache "), HasSubstr("/healthz"), HasSubstr("/readyz"), HasSubstr("/metrics")));
}

TEST(AdminPage, WhoAnswersIsHealthy) {
  const AdminResponse health = AdminPage({}, "cache", "/healthz");
  EXPECT_EQ(health.status, 200);
  EXPECT_EQ(health.body, "ok\n");
}

TEST(AdminPage, ReadinessSaysWhyNot) {
  Readiness readiness;
  AdminPages pages;
  pages.readiness = [&readiness] { return readiness; };
  EXPECT_EQ(AdminPage(pages, "authority", "/readyz").status, 200);
  EXPECT_EQ(AdminPage(pages, "authority", "/readyz").body, "ready\n");

  readiness.reasons = {"no zone is loaded", "folder \"/x\" cannot\nbe read \xff"};
  const AdminResponse page = AdminPage(pages, "authority", "/readyz");
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.content_type, "application/json");
  EXPECT_EQ(page.body,
            "{\"ready\":false,\"reasons\":[\"no zone is loaded\",\"folder \\\"/x\\\" cannot\\nbe read \\ufffd\"]}\n");
}

TEST(AdminPage, AServiceWithoutConditionsIsReady) { EXPECT_EQ(AdminPage({}, "cache", "/readyz").status, 200); }

TEST(AdminPage, MetricsAreTheProcessesAndTheServices) {
  AdminPages pages;
  pages.metrics = [](MetricsWriter* writer) {
    writer->Family("strata_test_things_total", MetricType::kCounter, "Things.");
    writer->Sample({}, 3);
  };
  const AdminResponse page = AdminPage(pages, "tester", "/metrics");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.content_type, HasSubstr("text/plain; version=0.0.4"));
  EXPECT_THAT(page.body, AllOf(HasSubstr("strata_build_info{service=\"tester\""), HasSubstr("process_open_fds "),
                               HasSubstr("\nstrata_test_things_total 3\n")));
}

TEST(AdminPage, MetricsThatPrometheusWouldRefuseAreAnError) {
  AdminPages pages;
  pages.metrics = [](MetricsWriter* writer) { writer->Family("oops", MetricType::kCounter, "Ends in no _total."); };
  const AdminResponse page = AdminPage(pages, "tester", "/metrics");
  EXPECT_EQ(page.status, 500);
  EXPECT_THAT(page.body, HasSubstr("'oops'"));
}

TEST(AdminPage, ThereAreNoOthers) {
  for (const char* path : {"", "/x", "/metrics/", "/healthz ", "metrics", "//"}) {
    EXPECT_EQ(AdminPage({}, "cache", path).status, 404) << path;
  }
}

}  // namespace
}  // namespace strata::base
