// The servers that a resolv.conf names are asked, by strata as by the recursor, and others as soon as it names others.
//
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/files.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;
// Where nobody else has a resolver.
constexpr char kOneHost[] = "127.0.77.1", kOtherHost[] = "127.0.77.2";

class ResolvConfTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    // Port 53 is the only one that the file can mean.
    if (!Upstream::MayUsePort53()) GTEST_SKIP() << "this user may not have port 53";
    one_ = Upstream::OnPort53(kOneHost);
    other_ = Upstream::OnPort53(kOtherHost);
    Name(kOneHost);
    if (GetParam()) {
      cluster_.emplace();
      Process& strata = cluster_->StartStrata({"--recursive", "--resolv-conf=" + file_});
      ASSERT_TRUE(strata.WaitUntilReady()) << strata.Describe();
      return;
    }
    ClusterShape shape;
    shape.authorities = 0;
    shape.recursors = 1;
    shape.recursor_flags = {"--resolv_conf=" + file_};
    cluster_.emplace(shape);
    ASSERT_TRUE(cluster_->StartAll());
  }

  void Name(const char* host) {
    ReplaceFile(file_, absl::StrCat("# by hand\nsearch example.test\nnameserver ", host, "\noptions timeout:2\n"));
  }
  void ExpectRight(const std::string& name) {
    const absl::StatusOr<dns::Message> answer = Ask(cluster_->port(), name, kA, {.recursion_desired = true});
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_EQ(answer->answer.size(), 1u);
    EXPECT_EQ(answer->answer[0].rdata, AddressOf(name));
  }

  const TemporaryFolder folder_;
  const std::string file_ = folder_.Path("resolv.conf");
  std::unique_ptr<Upstream> one_, other_;
  std::optional<Cluster> cluster_;
};

TEST_P(ResolvConfTest, ItsServersAreAsked) {
  ExpectRight("first.test.");
  EXPECT_EQ(one_->Count("first.test.", kA), 1);
  EXPECT_EQ(other_->total(), 0);

  Name(kOtherHost);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  for (int i = 0; other_->total() == 0 && absl::Now() < end; ++i) {
    ExpectRight(absl::StrCat("n", i, ".test."));
    absl::SleepFor(absl::Milliseconds(100));
  }
  // Each of the recursor's loops has heard of it by then.
  absl::SleepFor(absl::Seconds(1));
  one_->Stop();
  ExpectRight("last.test.");
  EXPECT_EQ(other_->Count("last.test.", kA), 1);
}

INSTANTIATE_TEST_SUITE_P(Servers, ResolvConfTest, testing::Values(true, false),
                         [](const auto& info) { return info.param ? "Strata" : "Processes"; });

}  // namespace
}  // namespace strata::tests
