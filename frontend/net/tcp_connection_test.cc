// Tests of the framing of messages on a TCP connection.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/tcp_connection.h"

#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Framed(const std::vector<std::string>& messages) {
  AnswerQueue queue;
  for (const std::string& message : messages) queue.Add(message);
  return std::string(queue.front());
}

std::vector<std::string> TakeAll(MessageFraming* framing) {
  std::vector<std::string> messages;
  while (const auto message = framing->Next()) messages.push_back(std::string(*message));
  return messages;
}

TEST(MessageFramingTest, AnySplit) {
  const std::vector<std::string> messages = {"one", "", std::string(300, 'x'), "four"};
  const std::string stream = Framed(messages);
  for (size_t piece = 1; piece <= stream.size(); ++piece) {
    MessageFraming framing;
    std::vector<std::string> seen;
    for (size_t at = 0; at < stream.size(); at += piece) {
      framing.Append(stream.substr(at, piece));
      for (std::string& message : TakeAll(&framing)) seen.push_back(std::move(message));
    }
    ASSERT_EQ(seen, messages) << "pieces of " << piece;
    ASSERT_FALSE(framing.mid_message());
  }
}

TEST(MessageFramingTest, LargestMessage) {
  const std::string large(65535, 'x');
  MessageFraming framing;
  framing.Append(Framed({large}));
  EXPECT_THAT(TakeAll(&framing), ElementsAre(large));
}

TEST(MessageFramingTest, KnowsWhenItIsMidMessage) {
  MessageFraming framing;
  EXPECT_FALSE(framing.mid_message());
  framing.Append(absl::string_view("\0", 1));
  EXPECT_EQ(framing.Next(), std::nullopt);
  EXPECT_TRUE(framing.mid_message()) << "half of a size";
  framing.Append(
      absl::string_view("\x02"
                        "a",
                        2));
  EXPECT_EQ(framing.Next(), std::nullopt);
  EXPECT_TRUE(framing.mid_message());
  EXPECT_EQ(framing.buffered(), 3u);
  framing.Append("b");
  EXPECT_EQ(framing.Next(), absl::string_view("ab"));
  EXPECT_FALSE(framing.mid_message());
}

TEST(MessageFramingTest, MessageIsGoodUntilTheNextCall) {
  MessageFraming framing;
  framing.Append(Framed({"first", "second"}));
  const auto first = framing.Next();
  EXPECT_EQ(*first, absl::string_view("first"));
  EXPECT_EQ(framing.Next(), absl::string_view("second"));
}

TEST(AnswerQueueTest, PartialWrites) {
  std::mt19937 random(1);
  AnswerQueue queue;
  std::vector<std::string> messages;
  MessageFraming other_end;
  std::vector<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    messages.push_back(std::string(random() % 700, static_cast<char>('a' + i % 26)));
    queue.Add(messages.back());
    const size_t written = random() % (queue.size() + 1);
    other_end.Append(queue.front().substr(0, written));
    queue.Pop(written);
    EXPECT_EQ(queue.empty(), queue.size() == 0);
    for (std::string& message : TakeAll(&other_end)) seen.push_back(std::move(message));
  }
  other_end.Append(queue.front());
  queue.Pop(queue.size());
  EXPECT_TRUE(queue.empty());
  EXPECT_THAT(queue.front(), IsEmpty());
  for (std::string& message : TakeAll(&other_end)) seen.push_back(std::move(message));
  EXPECT_EQ(seen, messages);
}

}  // namespace
}  // namespace strata::frontend
