// Where every transport delivers its messages.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_MESSAGE_HANDLER_H_
#define STRATA_FRONTEND_NET_MESSAGE_HANDLER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "frontend/net/transport.h"

namespace strata::frontend {

// Makes answers. Used by its worker's thread only.
class MessageHandler {
 public:
  virtual ~MessageHandler() = default;

  // A message has come. It is read during the call only. The answer may be sent during the call or later; false: there
  // will be none, and a stream ends.
  virtual bool OnMessage(absl::string_view message, const Client& client) = 0;
  // What overload has cost: messages that waited for too long to be read, messages and answers that the kernel had no
  // room for.
  enum class Loss { kTooOld, kReceiveBuffer, kSendBuffer };
  virtual void OnLoss(Loss, uint64_t /*count*/) {}
  // No more messages for now: what was gathered goes to the backends.
  virtual void Flush() = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_MESSAGE_HANDLER_H_
