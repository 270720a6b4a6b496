// What a command has found, as people and as programs read it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CONTROL_TABLE_H_
#define STRATA_CONTROL_TABLE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::control {

// Rows under titles. A value.
class Table {
 public:
  // Text; a number; or a truth, which a person reads as "yes" or "no". How a number is shown to a person may be given
  // beside it ("1.2 MiB"): then that is what the text has, and JSON the number.
  struct Cell {
    Cell(std::string text) : value(std::move(text)) {}    // NOLINT(google-explicit-constructor)
    Cell(const char* text) : value(std::string(text)) {}  // NOLINT(google-explicit-constructor)
    Cell(double number) : value(number) {}                // NOLINT(google-explicit-constructor)
    Cell(uint64_t number) : value(number) {}              // NOLINT(google-explicit-constructor)
    Cell(bool truth) : value(truth) {}                    // NOLINT(google-explicit-constructor)
    Cell(uint64_t number, std::string as_text) : value(number), shown(std::move(as_text)) {}

    std::variant<std::string, double, uint64_t, bool> value;
    std::string shown;
  };

  // Keys in JSON; their titles are the same in capitals.
  explicit Table(std::vector<std::string> keys) : keys_(std::move(keys)) {}

  // REQUIRES: as many cells as keys.
  void Add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }

  // Columns that line up, numbers to the right; control characters are escaped. Nothing where there are no rows.
  std::string ToText() const;
  // An array of objects, one a line.
  std::string ToJson() const;

 private:
  std::vector<std::string> keys_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace strata::control

#endif  // STRATA_CONTROL_TABLE_H_
