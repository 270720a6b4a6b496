// Macros that propagate an absl::Status; Abseil 20220623 ships none.
//
//   STRATA_RETURN_IF_ERROR(Check(x));
//   STRATA_ASSIGN_OR_RETURN(Name name, Name::FromText(text));
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_STATUS_MACROS_H_
#define STRATA_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define STRATA_RETURN_IF_ERROR(expr)                 \
  do {                                               \
    absl::Status strata_status_ = (expr);            \
    if (!strata_status_.ok()) return strata_status_; \
  } while (false)

#define STRATA_STATUS_CONCAT_INNER_(a, b) a##b
#define STRATA_STATUS_CONCAT_(a, b) STRATA_STATUS_CONCAT_INNER_(a, b)

// `lhs` may declare a variable. `expr` is evaluated once.
#define STRATA_ASSIGN_OR_RETURN(lhs, expr) \
  STRATA_ASSIGN_OR_RETURN_INNER_(STRATA_STATUS_CONCAT_(strata_or_, __LINE__), lhs, expr)
#define STRATA_ASSIGN_OR_RETURN_INNER_(tmp, lhs, expr) \
  auto tmp = (expr);                                   \
  if (!tmp.ok()) return std::move(tmp).status();       \
  lhs = *std::move(tmp)

#endif  // STRATA_BASE_STATUS_MACROS_H_
