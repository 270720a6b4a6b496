// Messages as they stand in a stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_FRAMED_H_
#define STRATA_FRONTEND_TESTING_FRAMED_H_

#include <string>

#include "frontend/net/message_framing.h"

namespace strata::frontend::testing {

inline std::string Framed(const std::string& message) {
  char size[kMessageSizeOctets];
  WriteMessageSize(message.size(), size);
  return std::string(size, sizeof size) + message;
}

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_FRAMED_H_
