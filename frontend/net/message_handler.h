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
  // Messages that nobody reads have come: they waited for too long, or there was no room for them.
  enum class Unread { kTooOld, kNoRoom };
  virtual void OnUnread(Unread, uint64_t /*count*/) {}
  // No more messages for now: what was gathered goes to the backends.
  virtual void Flush() = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_MESSAGE_HANDLER_H_
