// Tests of the buffer that answers leave from.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/outbox.h"

#include <cstring>
#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

void Add(Outbox* outbox, Outbox::Chain* chain, const std::string& message) {
  ASSERT_TRUE(outbox->has_room());
  std::memcpy(outbox->message(), message.data(), message.size());
  outbox->Add(chain, message.size());
}

std::string Octets(const Outbox& outbox, const Outbox::Chain& chain, int* slices = nullptr) {
  iovec out[100];
  const int count = outbox.Slices(chain, out, 100);
  std::string octets;
  for (int i = 0; i < count; ++i) octets.append(static_cast<const char*>(out[i].iov_base), out[i].iov_len);
  if (slices != nullptr) *slices = count;
  return octets;
}

TEST(OutboxTest, MessagesOfOneConnectionAreOneSlice) {
  Outbox outbox;
  Outbox::Chain chain;
  Add(&outbox, &chain, "one");
  Add(&outbox, &chain, "");
  Add(&outbox, &chain, "three");
  int slices = 0;
  EXPECT_EQ(Octets(outbox, chain, &slices), std::string("\0\3one\0\0\0\5three", 14));
  EXPECT_EQ(slices, 1);
  EXPECT_EQ(chain.octets, 14u);
}

TEST(OutboxTest, EachConnectionGetsItsOwnInOrder) {
  Outbox outbox;
  Outbox::Chain one, other;
  Add(&outbox, &one, "a");
  Add(&outbox, &other, "b");
  Add(&outbox, &one, "c");
  Add(&outbox, &one, "d");
  Add(&outbox, &other, "e");
  EXPECT_EQ(Octets(outbox, one), std::string("\0\1a\0\1c\0\1d", 9));
  EXPECT_EQ(Octets(outbox, other), std::string("\0\1b\0\1e", 6));
}

TEST(OutboxTest, AnyPartMayBeTakenOff) {
  for (size_t piece = 1; piece <= 12; ++piece) {
    Outbox outbox;
    Outbox::Chain one, other;
    for (const char* message : {"first", "second", "third"}) {
      Add(&outbox, &one, message);
      Add(&outbox, &other, "between");
    }
    std::string all = Octets(outbox, one);
    ASSERT_EQ(all.size(), 3 * 2 + 5 + 6 + 5u);
    while (one.octets > 0) {
      const size_t count = std::min(piece, one.octets);
      outbox.Pop(&one, count);
      all.erase(0, count);
      ASSERT_EQ(Octets(outbox, one), all);
    }
    EXPECT_EQ(other.octets, 27u);
    // An empty chain begins anew.
    Add(&outbox, &one, "fourth");
    EXPECT_EQ(Octets(outbox, one), std::string("\0\6fourth", 8));
  }
}

TEST(OutboxTest, RoomEndsBeforeTheLargestMessageDoesNotFit) {
  Outbox outbox;
  Outbox::Chain chain;
  int messages = 0;
  for (; outbox.has_room(); ++messages) Add(&outbox, &chain, std::string(kMaxMessageSize, 'x'));
  EXPECT_GE(messages, 2);
  outbox.Clear();
  EXPECT_TRUE(outbox.has_room());
}

}  // namespace
}  // namespace strata::frontend
