// SPDX-License-Identifier: Apache-2.0
#include "frontend/query_batches.h"

#include <utility>

namespace strata::frontend {

using resolve::v1::QueryBatch;

QueryBatch* QueryBatches::Open() {
  const size_t written = sealed_ ? 1 : 0;
  if (batches_.size() > written && batches_.back()->queries_size() < kMaxQueries) return batches_.back().get();
  batches_.push_back(spare_ != nullptr ? std::move(spare_) : std::make_unique<QueryBatch>());
  return batches_.back().get();
}

void QueryBatches::Add(QueryBatch* queries) {
  if (queries->queries_size() == 0) return;
  QueryBatch* open = Open();
  if (open->queries_size() == 0 && queries->queries_size() <= kMaxQueries) {
    open->Swap(queries);
    return;
  }
  for (auto& query : *queries->mutable_queries()) {
    if (open->queries_size() == kMaxQueries) open = Open();
    open->add_queries()->Swap(&query);
  }
  queries->Clear();
}

void QueryBatches::Pop() {
  batches_.front()->Clear();
  spare_ = std::move(batches_.front());
  batches_.pop_front();
  sealed_ = false;
}

void QueryBatches::Clear() {
  batches_.clear();
  sealed_ = false;
}

}  // namespace strata::frontend
