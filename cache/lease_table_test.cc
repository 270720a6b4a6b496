// SPDX-License-Identifier: Apache-2.0
#include "cache/lease_table.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cache/testing/recording_client.h"
#include "cache/testing/test_response.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using ::strata::cache::testing::RecordingClient;
using ::strata::cache::testing::WireName;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Admission = LeaseTable::Admission;
using std::chrono::seconds;
using Kind = Reply::Kind;

std::vector<uint32_t> IdsOf(const std::vector<RecordingClient::Recorded>& replies) {
  std::vector<uint32_t> ids;
  for (const RecordingClient::Recorded& reply : replies) ids.push_back(reply.id);
  return ids;
}

class LeaseTableTest : public ::testing::Test {
 protected:
  HashedKey KeyOf(int number) {
    names_.push_back(WireName(absl::StrCat("n", number, ".example.")));
    HashedKey key;
    key.name = names_.back();
    key.hash = static_cast<uint64_t>(number) / 2;  // two of each
    key.type = key.rr_class = 1;
    return key;
  }
  Admission Admit(RecordingClient* client, uint32_t id, int key = 0) {
    LeaseToken token;
    const Admission admission = table_.Admit(client, id, KeyOf(key), now_, &token);
    if (admission == Admission::kLeased) token_ = token;
    return admission;
  }

  base::MonotonicTime now_{seconds(1000)};
  LeaseTable table_{{.lease = seconds(1), .leases = 100, .parked = 50, .parked_per_key = 20}, 3};
  RecordingClient a_, b_, c_;
  LeaseToken token_{};
  std::deque<std::string> names_;
};

TEST_F(LeaseTableTest, FirstIsLeasedTheOthersAreParkedInOrder) {
  EXPECT_EQ(Admit(&a_, 1), Admission::kLeased);
  EXPECT_EQ(Admit(&b_, 2), Admission::kParked);
  EXPECT_EQ(Admit(&a_, 3), Admission::kParked);
  EXPECT_EQ(Admit(&b_, 4), Admission::kParked);
  EXPECT_EQ(Admit(&a_, 5, 1), Admission::kLeased) << "another key of the same hash";
  EXPECT_EQ(table_.lease_count(), 2u);
  EXPECT_EQ(table_.parked_count(), 3u);
}

TEST_F(LeaseTableTest, TokenFindsTheKeyForItsClientOnly) {
  Admit(&a_, 1, 8);
  ASSERT_NE(table_.Find(&a_, token_), nullptr);
  EXPECT_EQ(table_.Find(&a_, token_)->name, WireName("n8.example."));
  EXPECT_EQ(table_.Find(&b_, token_), nullptr);
  LeaseToken other = token_;
  other[15] ^= 1;
  EXPECT_EQ(table_.Find(&a_, other), nullptr);
  other = token_;
  other[1] ^= 1;
  EXPECT_EQ(table_.Find(&a_, other), nullptr) << "beyond the hash";
}

TEST_F(LeaseTableTest, FillAnswersAllAndEndsTheLease) {
  Admit(&a_, 1);
  Admit(&b_, 2);
  Admit(&a_, 3);
  Admit(&b_, 4);
  Answer answer;
  answer.wire = "octets";
  table_.Fill(&b_, token_, answer);
  EXPECT_EQ(table_.lease_count(), 1u) << "not b's to fill";
  table_.Fill(&a_, token_, answer);
  EXPECT_THAT(IdsOf(a_.TakeReplies()), ElementsAre(3));
  const auto replies = b_.TakeReplies();
  EXPECT_THAT(IdsOf(replies), ElementsAre(2, 4));
  EXPECT_EQ(replies[0].kind, Kind::kHit);
  EXPECT_EQ(replies[0].wire, "octets");
  EXPECT_EQ(table_.lease_count(), 0u);
  EXPECT_EQ(table_.parked_count(), 0u);
  EXPECT_EQ(table_.Find(&a_, token_), nullptr);
  EXPECT_EQ(Admit(&b_, 5), Admission::kLeased);
}

TEST_F(LeaseTableTest, ReleasePassesTheLeaseToTheOldestOfAnotherClient) {
  Admit(&a_, 1);
  Admit(&a_, 2);
  Admit(&b_, 3);
  Admit(&c_, 4);
  Admit(&b_, 5);
  const LeaseToken old = token_;
  table_.Release(&a_, old, now_);
  EXPECT_THAT(a_.TakeReplies(), IsEmpty());
  EXPECT_THAT(c_.TakeReplies(), IsEmpty());
  const auto replies = b_.TakeReplies();
  ASSERT_THAT(IdsOf(replies), ElementsAre(3));
  EXPECT_EQ(replies[0].kind, Kind::kMiss);
  ASSERT_TRUE(replies[0].has_token);
  EXPECT_EQ(table_.Find(&a_, old), nullptr);
  EXPECT_EQ(table_.Find(&b_, old), nullptr);
  EXPECT_NE(table_.Find(&b_, replies[0].token), nullptr);
  EXPECT_EQ(table_.statistics().handovers, 1u);
  table_.Fill(&b_, replies[0].token, Answer());
  EXPECT_THAT(IdsOf(a_.TakeReplies()), ElementsAre(2));
  EXPECT_THAT(IdsOf(b_.TakeReplies()), ElementsAre(5));
  EXPECT_THAT(IdsOf(c_.TakeReplies()), ElementsAre(4));
}

TEST_F(LeaseTableTest, ReleaseWithNobodyElseThereTellsThoseParkedToHelpThemselves) {
  Admit(&a_, 1);
  Admit(&a_, 2);
  Admit(&a_, 3);
  table_.Release(&a_, token_, now_);
  const auto replies = a_.TakeReplies();
  EXPECT_THAT(IdsOf(replies), ElementsAre(2, 3));
  for (const auto& reply : replies) {
    EXPECT_EQ(reply.kind, Kind::kMiss);
    EXPECT_FALSE(reply.has_token);
  }
  EXPECT_EQ(table_.lease_count(), 0u);
  EXPECT_EQ(table_.parked_count(), 0u);
}

TEST_F(LeaseTableTest, LeaseLastsUntilItWasNotRenewedForItsTime) {
  Admit(&a_, 1);
  Admit(&b_, 2);
  for (int i = 0; i < 10; ++i) {
    now_ += seconds(1) - std::chrono::milliseconds(1);
    table_.Renew(&b_, token_, now_);
    table_.Expire(now_);
    ASSERT_NE(table_.Find(&a_, token_), nullptr);
    table_.Renew(&a_, token_, now_);
  }
  now_ += seconds(1) - std::chrono::milliseconds(1);
  table_.Renew(&b_, token_, now_);  // not b's
  now_ += std::chrono::milliseconds(1);
  EXPECT_NE(table_.Find(&a_, token_), nullptr) << "it holds until it is expired";
  table_.Expire(now_);
  EXPECT_EQ(table_.Find(&a_, token_), nullptr);
  EXPECT_THAT(IdsOf(b_.TakeReplies()), ElementsAre(2));
  EXPECT_EQ(table_.lease_count(), 1u);
  now_ += seconds(1);
  table_.Expire(now_);
  EXPECT_EQ(table_.lease_count(), 0u) << "nobody waits for b";
}

TEST_F(LeaseTableTest, RenewedLeasesExpireInTheirNewOrder) {
  Admit(&a_, 1, 1);
  const LeaseToken first = token_;
  Admit(&a_, 2, 2);
  const LeaseToken second = token_;
  now_ += std::chrono::milliseconds(500);
  table_.Renew(&a_, first, now_);
  now_ += std::chrono::milliseconds(500);
  table_.Expire(now_);
  EXPECT_NE(table_.Find(&a_, first), nullptr);
  EXPECT_EQ(table_.Find(&a_, second), nullptr);
}

TEST_F(LeaseTableTest, ExpiryWithNobodyElseThereTellsThoseParkedToHelpThemselves) {
  Admit(&a_, 1);
  Admit(&a_, 2);
  table_.Expire(now_ + seconds(1));
  const auto replies = a_.TakeReplies();
  ASSERT_THAT(IdsOf(replies), ElementsAre(2));
  EXPECT_EQ(replies[0].kind, Kind::kMiss);
  EXPECT_FALSE(replies[0].has_token);
}

TEST_F(LeaseTableTest, ForgottenClientIsNotCalledAndItsLeasesPassOn) {
  Admit(&a_, 1, 1);
  Admit(&a_, 2, 1);
  Admit(&a_, 3, 2);
  Admit(&a_, 4, 2);
  Admit(&b_, 5, 2);
  Admit(&b_, 6, 3);
  const LeaseToken of_b = token_;
  Admit(&a_, 7, 3);
  Admit(&c_, 8, 3);
  table_.Forget(&a_, now_);
  EXPECT_EQ(table_.lease_count(), 2u) << "of n2 and n3";
  EXPECT_EQ(table_.parked_count(), 1u);
  EXPECT_THAT(IdsOf(b_.TakeReplies()), ElementsAre(5));
  table_.Fill(&b_, of_b, Answer());
  EXPECT_THAT(IdsOf(c_.TakeReplies()), ElementsAre(8));
  EXPECT_THAT(a_.TakeReplies(), IsEmpty());
  table_.Forget(&b_, now_);
  EXPECT_EQ(table_.lease_count(), 0u);
}

TEST_F(LeaseTableTest, HasLimits) {
  for (int i = 0; i < 100; ++i) ASSERT_EQ(Admit(&a_, 0, i), Admission::kLeased);
  EXPECT_EQ(Admit(&a_, 0, 100), Admission::kRefused);
  for (int i = 0; i < 20; ++i) ASSERT_EQ(Admit(&b_, 0, 0), Admission::kParked);
  EXPECT_EQ(Admit(&b_, 0, 0), Admission::kRefused) << "enough for this key";
  for (int i = 0; i < 30; ++i) ASSERT_EQ(Admit(&b_, 0, 1 + i % 2), Admission::kParked);
  EXPECT_EQ(Admit(&b_, 0, 3), Admission::kRefused) << "enough for all";
  table_.Forget(&a_, now_);
  EXPECT_EQ(table_.lease_count(), 3u);
  table_.Forget(&b_, now_);
  EXPECT_EQ(Admit(&c_, 0, 0), Admission::kLeased);
}

}  // namespace
}  // namespace strata::cache
