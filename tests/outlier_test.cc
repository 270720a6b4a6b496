// An authority whose copy of a zone is damaged answers SERVFAIL: clients never see it, and it is asked little until it
// is sound again.
//
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/admin_client.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/files.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

// So large that its snapshot is mapped: a small one is in memory, where no disk harms it.
std::string ZoneText(int serial) {
  std::string text = absl::StrCat("$TTL 60\n@ SOA ns root ", serial,
                                  " 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\nwww A 192.0.2.", serial, "\n");
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&text, "pad", i, " TXT some-text-to-make-the-zone-larger\n");
  return text;
}

// What is answered to frontends, in all.
double AnswersOf(const base::SocketAddress& admin) {
  double answers = 0;
  for (const auto& [name, value] : ReadMetrics(admin)) {
    if (name.rfind("strata_authority_answers_total", 0) == 0) answers += value;
  }
  return answers;
}

constexpr char kDamagedAnswers[] = "strata_authority_damaged_answers_total";

class OutlierTest : public testing::Test {
 protected:
  void SetUp() override {
    cluster_.WriteZone("out.test", ZoneText(1));
    ASSERT_TRUE(cluster_.StartAll());
  }

  // As when the disk breaks.
  void DamageCopyOf(int authority) {
    const std::string wanted = ReadFile(cluster_.SnapshotPath("out.test"));
    int cut = 0;
    for (const auto& entry : std::filesystem::directory_iterator(cluster_.StatePath(authority))) {
      if (ReadFile(entry.path()) != wanted) continue;
      std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all);
      ASSERT_EQ(truncate(entry.path().c_str(), 0), 0);
      ++cut;
    }
    ASSERT_EQ(cut, 1);
  }

  Cluster cluster_{{.authorities = 2, .admin = true}};
};

TEST_F(OutlierTest, DamagedAuthorityIsEjectedAndComesBack) {
  const base::SocketAddress damaged = cluster_.AdminAddress("authority0");
  const base::SocketAddress frontend = cluster_.AdminAddress("frontend0");
  const auto is_right = [](const Outcome& outcome) {
    return outcome.Is(Ipv4(192, 0, 2, 1)) || outcome.Is(Ipv4(192, 0, 2, 2));
  };
  QueryLoad load({.port = cluster_.port(), .name = "www.out.test."});
  ASSERT_TRUE(load.WaitFor(is_right));
  DamageCopyOf(0);
  EXPECT_GE(AwaitMetric(frontend, "strata_frontend_backend_ejections_total{kind=\"authority\"}", 1), 1);

  // From here on it is asked by way of trial.
  const double bad = ReadMetrics(damaged)[kDamagedAnswers];
  const double good = AnswersOf(cluster_.AdminAddress("authority1"));
  absl::SleepFor(absl::Seconds(3));
  const double more_bad = ReadMetrics(damaged)[kDamagedAnswers] - bad;
  const double more_good = AnswersOf(cluster_.AdminAddress("authority1")) - good;
  EXPECT_GT(more_good, 50);
  EXPECT_LT(more_bad, more_good / 5);

  // The next version heals it.
  cluster_.WriteZone("out.test", ZoneText(2));
  EXPECT_TRUE(load.WaitFor([](const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }));
  const double before = AnswersOf(damaged);
  const absl::Time end = absl::Now() + absl::Seconds(40);
  while (AnswersOf(damaged) < before + 200 && absl::Now() < end) absl::SleepFor(absl::Milliseconds(100));
  EXPECT_GE(AnswersOf(damaged), before + 200) << "it takes part again";
  for (const Outcome& outcome : load.Stop()) EXPECT_TRUE(is_right(outcome)) << outcome.Describe();
}

}  // namespace
}  // namespace strata::tests
