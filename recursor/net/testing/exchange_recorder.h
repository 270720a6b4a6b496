// Writes down how exchanges end.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_TESTING_EXCHANGE_RECORDER_H_
#define STRATA_RECURSOR_NET_TESTING_EXCHANGE_RECORDER_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor::testing {

class ExchangeRecorder final : public ExchangeHandler {
 public:
  void OnReply(absl::string_view message, absl::Duration its_round_trip) override {
    ++calls;
    reply = std::string(message);
    round_trip = its_round_trip;
    if (then) then();
  }
  void OnFailure(ExchangeFailure its_failure, bool is_suspicious) override {
    ++calls;
    failure = its_failure;
    suspicious = is_suspicious;
    if (then) then();
  }

  int calls = 0;
  std::optional<std::string> reply;
  absl::Duration round_trip;
  std::optional<ExchangeFailure> failure;
  bool suspicious = false;
  std::function<void()> then;  // after each
};

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_NET_TESTING_EXCHANGE_RECORDER_H_
