// A gpr_log sink.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_log.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/log.h"
#include "base/log_limiter.h"
#include "grpc/support/log.h"

namespace strata::base {
namespace {

LogLevel LevelOf(gpr_log_severity severity) {
  switch (severity) {
    case GPR_LOG_SEVERITY_DEBUG:
      return LogLevel::kDebug;
    case GPR_LOG_SEVERITY_INFO:
      return LogLevel::kInfo;
    case GPR_LOG_SEVERITY_ERROR:
      return LogLevel::kError;
  }
  return LogLevel::kError;
}

void Sink(gpr_log_func_args* args) {
  static LogLimiter& limiter = *new LogLimiter(/*max_lines=*/5, absl::Seconds(1));
  absl::string_view file = args->file;
  if (const size_t slash = file.rfind('/'); slash != absl::string_view::npos) file.remove_prefix(slash + 1);
  limiter.Log(std::chrono::steady_clock::now(), LevelOf(args->severity), args->message,
              {{"grpc", absl::StrCat(file, ":", args->line)}});
}

}  // namespace

void SendGrpcLogToLog() { gpr_set_log_function(&Sink); }

}  // namespace strata::base
