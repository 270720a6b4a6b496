// EchoBatchService, for the tests of base/batch_stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TESTING_ECHO_TRAITS_H_
#define STRATA_BASE_TESTING_ECHO_TRAITS_H_

#include "base/testing/echo_batch.grpc.pb.h"

namespace strata::base::testing {

struct EchoTraits {
  using Service = EchoBatchService::AsyncService;
  using RequestBatch = EchoBatch;
  using Request = EchoItem;
  using ReplyBatch = EchoBatch;
  using Reply = EchoItem;
  static const auto& Requests(const EchoBatch& batch) { return batch.items(); }
  static auto* MutableReplies(EchoBatch* batch) { return batch->mutable_items(); }
  static constexpr auto kRequestCall = &Service::RequestExchange;
};

}  // namespace strata::base::testing

#endif  // STRATA_BASE_TESTING_ECHO_TRAITS_H_
