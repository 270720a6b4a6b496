// Formats log lines and writes them.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/utf8.h"

namespace strata::base {
namespace {

constexpr std::array<absl::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};

std::atomic<LogLevel> lowest_level{LogLevel::kInfo};

// Never destroyed: threads may log while the process ends.
std::string& Service() {
  static std::string* service = new std::string;
  return *service;
}

// logfmt has no rule of its own for what must be quoted: here it is all but the printable ASCII that neither
// separates nor quotes, and an empty text.
bool IsBareWord(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '"' && c != '=' && c != '\\';
  });
}

void AppendText(absl::string_view text, std::string* out) {
  if (IsBareWord(text)) {
    absl::StrAppend(out, text);
  } else {
    absl::StrAppend(out, "\"", EscapedText(text), "\"");
  }
}

void Write(const std::string& line) {
  size_t written = 0;
  while (written < line.size()) {
    const ssize_t n = write(STDERR_FILENO, line.data() + written, line.size() - written);
    if (n > 0) {
      written += static_cast<size_t>(n);
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace

void LogValue::AppendTo(std::string* out) const {
  if (const auto* text = std::get_if<absl::string_view>(&value_)) {
    AppendText(*text, out);
  } else {
    std::visit([out](const auto& number) { absl::StrAppend(out, number); }, value_);
  }
}

void SetLogService(absl::string_view name) { Service() = std::string(name); }

void SetLogLevel(LogLevel level) { lowest_level.store(level, std::memory_order_relaxed); }

bool LogEnabled(LogLevel level) { return level >= lowest_level.load(std::memory_order_relaxed); }

void Log(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields) {
  if (LogEnabled(level)) Write(FormatLogLine(absl::Now(), level, Service(), message, fields));
}

void Log(LogLevel level, absl::string_view message, const std::vector<LogField>& fields) {
  if (LogEnabled(level)) Write(FormatLogLine(absl::Now(), level, Service(), message, fields));
}

std::string FormatLogLine(absl::Time time, LogLevel level, absl::string_view service, absl::string_view message,
                          absl::Span<const LogField> fields) {
  std::string line = absl::StrCat("time=", absl::FormatTime("%Y-%m-%d%ET%H:%M:%E3SZ", time, absl::UTCTimeZone()),
                                  " level=", AbslUnparseFlag(level));
  if (!service.empty()) {
    absl::StrAppend(&line, " svc=");
    AppendText(service, &line);
  }
  absl::StrAppend(&line, " msg=");
  AppendText(message, &line);
  for (const LogField& field : fields) {
    absl::StrAppend(&line, " ", field.key, "=");
    field.value.AppendTo(&line);
  }
  line.push_back('\n');
  return line;
}

bool AbslParseFlag(absl::string_view text, LogLevel* level, std::string* error) {
  const auto found = std::find(kLevelNames.begin(), kLevelNames.end(), text);
  if (found == kLevelNames.end()) {
    *error = "one of debug, info, warning, error";
    return false;
  }
  *level = static_cast<LogLevel>(found - kLevelNames.begin());
  return true;
}

std::string AbslUnparseFlag(LogLevel level) { return std::string(kLevelNames[static_cast<size_t>(level)]); }

}  // namespace strata::base
