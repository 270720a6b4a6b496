// Logging: one line an event to stderr, in logfmt (key=value, quoted where needed).
//
//   Log(LogLevel::kInfo, "zone loaded", {{"zone", "example.com"}, {"records", 42}});
//
//   time=2026-01-31T12:00:00.123Z level=info svc=authority msg="zone loaded" zone=example.com records=42
//
// No value can break a line or forge a field: quotes, control bytes and bytes that are not UTF-8 are escaped, as
// in C. What happens for each packet is counted, not logged; what a peer or a client can cause goes through a
// LogLimiter (log_limiter.h).
//
// The service's name and the lowest level are process-wide and set once in main(). Thread-safe: a line is one
// write(2), so lines never mix. A line that stderr does not take is lost.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_LOG_H_
#define STRATA_BASE_LOG_H_

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace strata::base {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// A value of a field: text, number or truth. Borrows the text it is made from, so it must not outlive it.
class LogValue {
 public:
  // These convert implicitly, which is what makes {{"zone", name}, {"records", n}} work.
  LogValue(absl::string_view text) : value_(text) {}                             // NOLINT(google-explicit-constructor)
  LogValue(const std::string& text) : value_(absl::string_view(text)) {}         // NOLINT(google-explicit-constructor)
  LogValue(const char* text) : value_(absl::string_view(text)) {}                // NOLINT(google-explicit-constructor)
  LogValue(bool truth) : value_(absl::string_view(truth ? "true" : "false")) {}  // NOLINT
  LogValue(double number) : value_(number) {}                                    // NOLINT(google-explicit-constructor)
  template <std::signed_integral T>
  LogValue(T number) : value_(static_cast<int64_t>(number)) {}  // NOLINT(google-explicit-constructor)
  template <std::unsigned_integral T>
  // NOLINTNEXTLINE(google-explicit-constructor)
  requires(!std::same_as<T, bool>) LogValue(T number) : value_(static_cast<uint64_t>(number)) {}

  // Appends the value to `out`, quoted if it needs to be.
  void AppendTo(std::string* out) const;

 private:
  std::variant<absl::string_view, int64_t, uint64_t, double> value_;
};

struct LogField {
  absl::string_view key;  // lower_snake_case, a literal
  LogValue value;
};

// Names the service (svc=) for all lines from now on. Call before starting threads.
void SetLogService(absl::string_view name);

// Drops events below `level` from now on; kInfo until called.
void SetLogLevel(LogLevel level);

// Whether an event of `level` would be written, for those that are costly to describe.
bool LogEnabled(LogLevel level);

// Writes one line. The second form is for fields that are known only at run time.
void Log(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields = {});
void Log(LogLevel level, absl::string_view message, const std::vector<LogField>& fields);

// The line that Log writes, newline included.
std::string FormatLogLine(absl::Time time, LogLevel level, absl::string_view service, absl::string_view message,
                          absl::Span<const LogField> fields);

// For ABSL_FLAG(strata::base::LogLevel, log_level, …): "debug", "info", "warning" or "error".
bool AbslParseFlag(absl::string_view text, LogLevel* level, std::string* error);
std::string AbslUnparseFlag(LogLevel level);

}  // namespace strata::base

#endif  // STRATA_BASE_LOG_H_
