// SPDX-License-Identifier: Apache-2.0
#include "zonec/check_list.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "base/json_text.h"
#include "zonec/checks/check_levels.h"

namespace strata::zonec {
namespace {

std::string LevelText(const CheckRow& row) { return absl::StrCat(LevelName(row.level), row.fixed ? ", always" : ""); }

}  // namespace

std::string ChecksAsText() {
  size_t name_width = 0, level_width = 0;
  for (const CheckRow& row : CheckRows()) {
    name_width = std::max(name_width, row.name.size());
    level_width = std::max(level_width, LevelText(row).size());
  }
  std::string out;
  absl::string_view theme;
  for (const CheckRow& row : CheckRows()) {
    if (row.theme != theme) absl::StrAppend(&out, out.empty() ? "" : "\n", row.theme, "\n");
    theme = row.theme;
    absl::StrAppendFormat(&out, "  %-*s  %-*s  %s\n", name_width, row.name, level_width, LevelText(row), row.summary);
  }
  return out;
}

std::string ChecksAsJson() {
  std::string out;
  for (const CheckRow& row : CheckRows()) {
    absl::StrAppend(&out, "{\"check\":\"", row.name, "\",\"theme\":");
    base::AppendJsonString(row.theme, &out);
    absl::StrAppend(&out, ",\"level\":\"", LevelName(row.level), "\",\"always\":", row.fixed ? "true" : "false",
                    ",\"finds\":");
    base::AppendJsonString(row.summary, &out);
    absl::StrAppend(&out, "}\n");
  }
  return out;
}

}  // namespace strata::zonec
