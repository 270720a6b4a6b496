// A recursor that hangs or dies costs time, but no answer, as long as there is another; and what is remembered needs
// none.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/edns.h"
#include "dns/message_text.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/query_load.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;

class RecursorOutageTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(cluster_.StartAll()); }

  dns::Message Get(const std::string& name) {
    const absl::StatusOr<dns::Message> answer = Ask(cluster_.port(), name, kA, {.recursion_desired = true});
    EXPECT_TRUE(answer.ok()) << name << answer.status();
    return answer.value_or(dns::Message());
  }
  void ExpectRight(const std::string& name) {
    const dns::Message answer = Get(name);
    ASSERT_EQ(answer.answer.size(), 1u) << dns::MessageToText(answer);
    EXPECT_EQ(answer.answer[0].rdata, AddressOf(name));
  }
  // Names that were never asked for, of which either recursor is the first choice for some.
  void ExpectNewNamesAreAnswered() {
    for (int i = 0; i < 12; ++i) ExpectRight(absl::StrCat("new", ++names_, ".test."));
  }
  static ClusterShape Shape(const Upstream& upstream) {
    ClusterShape shape;
    shape.authorities = 0;
    shape.caches = 1;
    shape.recursors = 2;
    shape.recursor_flags = {"--forward=" + upstream.address()};
    return shape;
  }

  int names_ = 0;
  const Upstream upstream_;
  Cluster cluster_{Shape(upstream_)};
};

TEST_F(RecursorOutageTest, TheOtherOneAnswersWhileOneHangs) {
  for (int hung = 0; hung < 2; ++hung) {
    cluster_.recursor(hung).Signal(SIGSTOP);
    ExpectNewNamesAreAnswered();
    cluster_.recursor(hung).Signal(SIGCONT);
    ASSERT_TRUE(cluster_.WaitUntilConnected());
    ExpectNewNamesAreAnswered();
  }
}

TEST_F(RecursorOutageTest, TheOtherOneAnswersWhenOneIsGone) {
  for (int gone = 0; gone < 2; ++gone) {
    cluster_.recursor(gone).Kill();
    ExpectNewNamesAreAnswered();
    ASSERT_TRUE(cluster_.StartRecursor(gone).WaitUntilReady());
    ASSERT_TRUE(cluster_.WaitUntilConnected());
  }
}

TEST_F(RecursorOutageTest, WithoutAnyTheCacheStillAnswers) {
  ExpectRight("known.test.");
  cluster_.recursor(0).Kill();
  cluster_.recursor(1).Kill();
  ExpectRight("known.test.");
  const dns::Message unknown = Get("unknown.test.");
  EXPECT_EQ(unknown.rcode, dns::rcode::kServFail);
  EXPECT_EQ(ExtendedErrorOf(unknown), dns::extended_error::kNetworkError);
  ASSERT_TRUE(cluster_.StartRecursor(1).WaitUntilReady());
  QueryLoad load({.port = cluster_.port(), .name = "unknown.test.", .recursion_desired = true, .clients = 1});
  EXPECT_TRUE(load.WaitFor([](const Outcome& outcome) { return outcome.Is(AddressOf("unknown.test.")); }));
}

}  // namespace
}  // namespace strata::tests
