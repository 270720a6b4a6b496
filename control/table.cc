// SPDX-License-Identifier: Apache-2.0
#include "control/table.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/json_text.h"

namespace strata::control {
namespace {

bool IsNumber(const Table::Cell& cell) {
  return std::holds_alternative<double>(cell.value) || std::holds_alternative<uint64_t>(cell.value);
}

std::string NumberText(const Table::Cell& cell) {
  if (const auto* whole = std::get_if<uint64_t>(&cell.value)) return absl::StrCat(*whole);
  const double number = std::get<double>(cell.value);
  if (!std::isfinite(number)) return "0";
  return absl::StrFormat("%.1f", number);
}

std::string TextOf(const Table::Cell& cell) {
  if (!cell.shown.empty()) return cell.shown;
  if (IsNumber(cell)) return NumberText(cell);
  if (const auto* truth = std::get_if<bool>(&cell.value)) return *truth ? "yes" : "no";
  return absl::Utf8SafeCEscape(std::get<std::string>(cell.value));
}

std::string JsonOf(const Table::Cell& cell) {
  if (IsNumber(cell)) return NumberText(cell);
  if (const auto* truth = std::get_if<bool>(&cell.value)) return *truth ? "true" : "false";
  std::string json;
  base::AppendJsonString(std::get<std::string>(cell.value), &json);
  return json;
}

}  // namespace

std::string Table::ToText() const {
  if (rows_.empty()) return "";
  std::vector<std::vector<std::string>> lines(1);
  for (const std::string& key : keys_) lines[0].push_back(absl::AsciiStrToUpper(key));
  for (const std::vector<Cell>& row : rows_) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const Cell& cell : row) line.push_back(TextOf(cell));
  }
  std::string text;
  std::vector<size_t> widths(keys_.size());
  for (const auto& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  for (const auto& line : lines) {
    std::string written;
    for (size_t i = 0; i < line.size(); ++i) {
      const std::string gap(widths[i] - line[i].size(), ' ');
      absl::StrAppend(&written, i == 0 ? "" : "  ", IsNumber(rows_[0][i]) ? gap + line[i] : line[i] + gap);
    }
    absl::StripTrailingAsciiWhitespace(&written);
    absl::StrAppend(&text, written, "\n");
  }
  return text;
}

std::string Table::ToJson() const {
  std::string json = "[";
  for (size_t i = 0; i < rows_.size(); ++i) {
    json += i == 0 ? "\n  {" : ",\n  {";
    for (size_t j = 0; j < keys_.size(); ++j) {
      if (j > 0) json += ", ";
      base::AppendJsonString(keys_[j], &json);
      absl::StrAppend(&json, ": ", JsonOf(rows_[i][j]));
    }
    json += "}";
  }
  return absl::StrCat(json, rows_.empty() ? "]\n" : "\n]\n");
}

}  // namespace strata::control
