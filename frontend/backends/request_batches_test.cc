// Tests of the batches that wait for their stream.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/request_batches.h"

#include <vector>

#include "frontend/backends/stream_protocols.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using resolve::v1::QueryBatch;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class RequestBatchesTest : public ::testing::Test {
 protected:
  // Adds `count` queries with the next ids.
  void Add(int count, size_t bytes = 10) {
    QueryBatch batch;
    for (int i = 0; i < count; ++i) batch.add_queries()->set_id(next_++);
    batches_.Add(&batch, bytes);
    EXPECT_EQ(batch.queries_size(), 0);
  }
  // The sizes of all batches, in the order they are written; checks that no query is lost or overtaken.
  std::vector<int> Drain() {
    std::vector<int> sizes;
    while (!batches_.empty()) {
      batches_.SealFront();
      for (const auto& query : batches_.Front().queries()) EXPECT_EQ(query.id(), expected_++);
      sizes.push_back(batches_.Front().queries_size());
      batches_.Pop();
    }
    EXPECT_EQ(expected_, next_);
    return sizes;
  }

  RequestBatches<ResolveProtocol> batches_;
  uint32_t next_ = 1, expected_ = 1;
};

TEST_F(RequestBatchesTest, NothingMakesNoBatch) {
  Add(0);
  EXPECT_TRUE(batches_.empty());
}

TEST_F(RequestBatchesTest, WhatWaitsLeavesTogether) {
  Add(1);
  Add(2);
  Add(3);
  EXPECT_THAT(Drain(), ElementsAre(6));
}

TEST_F(RequestBatchesTest, WhatIsBeingWrittenStaysAsItIs) {
  Add(1);
  batches_.SealFront();
  Add(2);
  Add(3);
  EXPECT_EQ(batches_.Front().queries_size(), 1);
  EXPECT_THAT(Drain(), ElementsAre(1, 5));
}

TEST_F(RequestBatchesTest, BatchesHaveTheProtocolsSize) {
  Add(500);
  Add(500);
  Add(12);
  EXPECT_THAT(Drain(), ElementsAre(500, 512));
  Add(1, kMaxBatchBytes - 1);
  Add(1, 1);
  Add(1, 1);
  Add(1, 2 * kMaxBatchBytes);
  EXPECT_EQ(batches_.bytes(), 3 * kMaxBatchBytes + 1);
  EXPECT_THAT(Drain(), ElementsAre(2, 1, 1));
  EXPECT_EQ(batches_.bytes(), 0u);
}

TEST_F(RequestBatchesTest, ClearForgetsEverything) {
  Add(500);
  Add(100);
  batches_.SealFront();
  batches_.Clear();
  EXPECT_TRUE(batches_.empty());
  expected_ = next_;
  Add(2);
  Add(2);
  EXPECT_THAT(Drain(), ElementsAre(4)) << "the front is open again";
}

TEST_F(RequestBatchesTest, SpareBatchIsEmpty) {
  for (int i = 0; i < 10; ++i) {
    Add(i + 1);
    EXPECT_THAT(Drain(), ElementsAre(i + 1));
  }
}

}  // namespace
}  // namespace strata::frontend
