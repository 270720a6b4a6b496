// Tests of the framing of messages in a stream.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/message_framing.h"

#include <algorithm>
#include <string>
#include <vector>

#include "frontend/testing/framed.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using testing::Framed;

std::string FramedAll(const std::vector<std::string>& messages) {
  std::string stream;
  for (const std::string& message : messages) stream += Framed(message);
  return stream;
}

// Takes `octets`, and `most` messages, and keeps the rest.
std::vector<std::string> Feed(MessageFraming* framing, const std::string& octets, size_t most = SIZE_MAX) {
  std::vector<std::string> messages;
  framing->Take(octets);
  while (messages.size() < most) {
    const bool expected = framing->has_message();
    const auto message = framing->Next();
    EXPECT_EQ(message.has_value(), expected);
    if (!message.has_value()) break;
    messages.push_back(std::string(*message));
  }
  framing->Keep();
  return messages;
}

TEST(MessageFramingTest, AnySplit) {
  const std::vector<std::string> messages = {"one", "", std::string(300, 'x'), "four"};
  const std::string stream = FramedAll(messages);
  for (size_t piece = 1; piece <= stream.size(); ++piece) {
    MessageFraming framing;
    std::vector<std::string> seen;
    for (size_t at = 0; at < stream.size(); at += piece) {
      for (std::string& message : Feed(&framing, stream.substr(at, piece))) seen.push_back(std::move(message));
    }
    ASSERT_EQ(seen, messages) << "pieces of " << piece;
    ASSERT_FALSE(framing.mid_message());
  }
}

// As when a connection is read no further: what came is given out later, and in order.
TEST(MessageFramingTest, AnySplitWithMessagesLeftForLater) {
  const std::vector<std::string> messages = {"a", "bb", "ccc", "", "dddd", std::string(50, 'e'), "f"};
  const std::string stream = FramedAll(messages);
  for (size_t piece = 1; piece <= stream.size(); ++piece) {
    MessageFraming framing;
    std::vector<std::string> seen;
    size_t fed = 0;
    for (size_t at = 0; at < stream.size(); at += piece) {
      for (std::string& message : Feed(&framing, stream.substr(at, piece), at % 2)) seen.push_back(std::move(message));
      fed = std::min(stream.size(), at + piece);
      ASSERT_EQ(framing.buffered(), fed - FramedAll(seen).size());
    }
    while (framing.has_message()) {
      for (std::string& message : Feed(&framing, "", 1)) seen.push_back(std::move(message));
    }
    ASSERT_EQ(seen, messages) << "pieces of " << piece;
  }
}

TEST(MessageFramingTest, WholeMessagesAreNotCopied) {
  const std::string stream = FramedAll({"first", "second"});
  MessageFraming framing;
  framing.Take(stream);
  EXPECT_EQ(framing.Next()->data(), stream.data() + 2);
  EXPECT_EQ(framing.Next()->data(), stream.data() + 9);
}

TEST(MessageFramingTest, LargestMessage) {
  const std::string large(kMaxMessageSize, 'x');
  MessageFraming framing;
  EXPECT_THAT(Feed(&framing, Framed(large)), ElementsAre(large));
  const std::string stream = Framed(large) + Framed("y");
  Feed(&framing, stream.substr(0, 60000));
  EXPECT_THAT(Feed(&framing, stream.substr(60000)), ElementsAre(large, "y"));
}

TEST(MessageFramingTest, KnowsWhenItIsMidMessage) {
  MessageFraming framing;
  EXPECT_FALSE(framing.mid_message());
  Feed(&framing, std::string("\0", 1));
  EXPECT_TRUE(framing.mid_message()) << "half of a size";
  Feed(&framing, "\x02x");
  EXPECT_TRUE(framing.mid_message());
  EXPECT_EQ(framing.buffered(), 3u);
  EXPECT_THAT(Feed(&framing, "y"), ElementsAre("xy"));
  EXPECT_FALSE(framing.mid_message());
  EXPECT_EQ(framing.buffered(), 0u);
}

}  // namespace
}  // namespace strata::frontend
