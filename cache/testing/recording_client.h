// A client of a cache that keeps what it is told.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_TESTING_RECORDING_CLIENT_H_
#define STRATA_CACHE_TESTING_RECORDING_CLIENT_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "cache/cache_client.h"

namespace strata::cache::testing {

// Thread-safe.
class RecordingClient final : public CacheClient {
 public:
  // A reply that holds its octets itself.
  struct Recorded {
    Reply::Kind kind = Reply::Kind::kMiss;
    uint32_t id = 0;
    std::string wire;
    uint16_t rcode = 0;
    bool has_extended_error = false;
    uint16_t extended_error = 0;
    std::string extended_error_text;
    bool has_token = false;
    LeaseToken token{};
  };

  void OnReply(const Reply& reply) override {
    const Answer& answer = reply.answer;
    const std::lock_guard<std::mutex> lock(mutex_);
    replies_.push_back({reply.kind, reply.id, std::string(answer.wire), answer.rcode, answer.has_extended_error,
                        answer.extended_error, std::string(answer.extended_error_text), reply.has_token, reply.token});
  }

  // Those since the last call.
  std::vector<Recorded> TakeReplies() {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<Recorded> replies;
    replies.swap(replies_);
    return replies;
  }

 private:
  std::mutex mutex_;
  std::vector<Recorded> replies_;
};

}  // namespace strata::cache::testing

#endif  // STRATA_CACHE_TESTING_RECORDING_CLIENT_H_
