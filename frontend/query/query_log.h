// A line for each query, for an operator who asked to see them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_QUERY_LOG_H_
#define STRATA_FRONTEND_QUERY_QUERY_LOG_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "frontend/net/transport.h"

namespace strata::frontend {

// Logs who asked what, and what `answer`, a message of our own making, says. `rcode` is the whole one, of which an
// answer without EDNS carries the lower four bits only.
void LogAnswer(const Client& client, absl::string_view answer, uint16_t rcode);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_QUERY_LOG_H_
