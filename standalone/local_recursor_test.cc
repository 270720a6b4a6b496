// Tests of the recursor inside the process: questions there, answers back on the worker's thread.
//
// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_recursor.h"

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "dns/name.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::standalone {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Keeps what it is asked.
class FakeResolver : public recursor::Resolver {
 public:
  struct Asked {
    std::shared_ptr<recursor::ResolverClient> client;
    recursor::ResolverQuestion question;  // its name is not good any more
    std::string name;
  };
  void Resolve(const std::shared_ptr<recursor::ResolverClient>& client,
               absl::Span<const recursor::ResolverQuestion> questions) override {
    ++calls;
    for (const auto& question : questions) asked.push_back({client, question, std::string(question.name)});
  }
  absl::Duration silence() const override { return absl::ZeroDuration(); }

  std::vector<Asked> asked;
  int calls = 0;
};

class LocalRecursorTest : public ::testing::Test, public frontend::BackendEvents {
 protected:
  void OnAnswer(frontend::Backend*, const frontend::BackendAnswer& answer) override {
    answers_.emplace_back(answer.id, std::string(answer.wire));
    last_ = answer;
    text_ = std::string(answer.extended_error_text);
  }
  void OnAlive(frontend::Backend*) override {}
  void OnUp(frontend::Backend*) override { ADD_FAILURE() << "it is never away"; }
  void OnServing(frontend::Backend*, bool) override {}
  void OnDown(frontend::Backend*) override { ADD_FAILURE() << "it is never away"; }

  void Submit(uint32_t id, const std::string& text, absl::Duration time_left = absl::InfiniteDuration()) {
    const dns::LookupName name(dns::Name::FromText(text)->wire());
    frontend::BackendQuery query;
    query.id = id;
    query.name = &name;
    query.type = 28;
    query.rr_class = 1;
    query.dnssec_ok = query.checking_disabled = true;
    query.time_left = time_left;
    recursor_->Submit(query);
  }

  base::EventLoop loop_;
  FakeResolver resolver_;
  std::unique_ptr<LocalRecursor> recursor_ = std::make_unique<LocalRecursor>(&resolver_, &loop_, this);
  std::vector<std::pair<uint32_t, std::string>> answers_;
  frontend::BackendAnswer last_;  // its views are not good any more
  std::string text_;
};

TEST_F(LocalRecursorTest, QuestionsLeaveTogether) {
  for (uint32_t id = 1; id <= 100; ++id) Submit(id, "n" + std::to_string(id) + ".test.");
  EXPECT_EQ(resolver_.calls, 0);
  recursor_->Flush();
  recursor_->Flush();
  EXPECT_EQ(resolver_.calls, 1);
  ASSERT_THAT(resolver_.asked, SizeIs(100));
  EXPECT_EQ(resolver_.asked[41].name, std::string(dns::Name::FromText("n42.test.")->wire()));
  EXPECT_EQ(resolver_.asked[41].question.id, 42u);
  EXPECT_EQ(resolver_.asked[41].question.type, 28);
  EXPECT_TRUE(resolver_.asked[41].question.dnssec_ok);
  EXPECT_TRUE(resolver_.asked[41].question.checking_disabled);
  EXPECT_EQ(resolver_.asked[41].question.time_left, absl::ZeroDuration()) << "the resolver's own limit";
}

TEST_F(LocalRecursorTest, TimeLeftIsHandedOn) {
  Submit(1, "a.test.", absl::Seconds(3));
  recursor_->Flush();
  EXPECT_EQ(resolver_.asked.at(0).question.time_left, absl::Seconds(3));
}

TEST_F(LocalRecursorTest, AnswersOfOtherThreadsWakeTheLoop) {
  Submit(7, "a.test.");
  recursor_->Flush();
  std::thread other([&] {
    recursor::ResolverAnswer answer;
    answer.id = 7;
    answer.wire = "message";
    resolver_.asked[0].client->OnAnswer(answer);
  });
  loop_.RunOnce(absl::InfiniteDuration());
  other.join();
  EXPECT_THAT(answers_, IsEmpty());
  recursor_->Poll();
  EXPECT_THAT(answers_, ::testing::ElementsAre(::testing::Pair(7u, "message")));
}

TEST_F(LocalRecursorTest, FailuresKeepTheirReason) {
  Submit(7, "a.test.");
  recursor_->Flush();
  recursor::ResolverAnswer answer;
  answer.id = 7;
  answer.rcode = 2;
  answer.has_extended_error = true;
  answer.extended_error = 22;
  answer.extended_error_text = "why";
  resolver_.asked[0].client->OnAnswer(answer);
  recursor_->Poll();
  EXPECT_EQ(last_.rcode, 2);
  EXPECT_TRUE(last_.has_extended_error);
  EXPECT_EQ(last_.extended_error, 22);
  EXPECT_EQ(text_, "why");
}

TEST_F(LocalRecursorTest, AnswersAfterTheEndAreDropped) {
  Submit(7, "a.test.");
  recursor_->Flush();
  recursor_.reset();
  recursor::ResolverAnswer answer;
  answer.id = 7;
  resolver_.asked[0].client->OnAnswer(answer);
  EXPECT_THAT(answers_, IsEmpty());
}

}  // namespace
}  // namespace strata::standalone
