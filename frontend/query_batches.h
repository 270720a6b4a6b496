// Queries that wait for their stream, in batches of the size that the protocol allows.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_BATCHES_H_
#define STRATA_FRONTEND_QUERY_BATCHES_H_

#include <deque>
#include <memory>

#include "proto/resolve/v1/resolve.pb.h"

namespace strata::frontend {

// Not thread-safe. Moves queries by swapping, and reuses batches: a steady state does not allocate.
class QueryBatches {
 public:
  // 512 queries are less than the 256 kB that a batch may have.
  static constexpr int kMaxQueries = 512;

  // Takes all queries out of `*queries`.
  void Add(resolve::v1::QueryBatch* queries);
  bool empty() const { return batches_.empty(); }
  // The batch to write next, good until Pop(). REQUIRES: !empty().
  const resolve::v1::QueryBatch& Front() const { return *batches_.front(); }
  // The front is open to Add() until this is called, and then as it is until Pop().
  void SealFront() { sealed_ = true; }
  void Pop();
  void Clear();

 private:
  resolve::v1::QueryBatch* Open();

  std::deque<std::unique_ptr<resolve::v1::QueryBatch>> batches_;
  std::unique_ptr<resolve::v1::QueryBatch> spare_;
  bool sealed_ = false;  // the front is being written
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_BATCHES_H_
