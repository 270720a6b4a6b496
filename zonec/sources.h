// The texts that a compilation reads, and places in them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SOURCES_H_
#define STRATA_ZONEC_SOURCES_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

// The number of a text in one reading, in its Sources: a file that is included twice, or a function's body in each of
// its calls, is read by two ways. So every Position knows how the reader came there.
using FileId = uint32_t;

// A place in a text: small, since every record carries one. Line and column are worked out when they are needed.
struct Position {
  // For what concerns the text as a whole.
  static constexpr uint32_t kWholeFile = 0xffffffff;

  FileId file = 0;
  uint32_t offset = kWholeFile;  // in octets

  friend auto operator<=>(const Position& a, const Position& b) {
    // What concerns the whole file comes first.
    if (const auto order = a.file <=> b.file; order != 0) return order;
    return static_cast<uint32_t>(a.offset + 1) <=> static_cast<uint32_t>(b.offset + 1);
  }
  friend bool operator==(const Position& a, const Position& b) = default;
};

// Both count from 1; columns are octets, as compilers count them.
struct LineColumn {
  size_t line = 1;
  size_t column = 1;
};

enum class EnteredBy : uint8_t { kNothing /* it is the zone itself */, kInclude, kCall };

// How a reading was entered.
struct Entrance {
  EnteredBy by = EnteredBy::kNothing;
  // The $INCLUDE or include(), or the call.
  Position from;
  // kCall: the function's name, a view into a text of the Sources.
  absl::string_view function;
};

// Owns its texts, which stay where they are until it is destroyed or moved from. Not thread-safe.
class Sources {
 public:
  // A new text, in a reading that nothing entered. `name` is what messages call it. Fails on texts whose offsets do not
  // fit into a Position.
  absl::StatusOr<FileId> Add(std::string name, std::string text);
  // A further reading of the text of `text_of`. Takes constant time and some 40 octets, whatever the text's size.
  FileId Enter(FileId text_of, const Entrance& entrance);

  const Entrance& entrance(FileId file) const { return readings_[file].entrance; }
  // Two readings of one text.
  bool SameText(FileId a, FileId b) const { return readings_[a].text == readings_[b].text; }
  // Texts are numbered in the order in which they were added.
  uint32_t TextNumber(FileId file) const { return readings_[file].text; }

  const std::string& name(FileId file) const { return TextOf(file).name; }
  absl::string_view text(FileId file) const { return TextOf(file).text; }
  // Of each text, the reading that Add() gave.
  const std::vector<FileId>& texts() const { return first_readings_; }

  // Frees the memory of the texts, which are empty from now on; their names stay.
  void DropTexts();

  // Remembers that a text was wanted and could not be had: whoever compiles again on change watches for it.
  void AddMissing(std::string name) { missing_.push_back(std::move(name)); }
  const std::vector<std::string>& missing() const { return missing_; }

  // REQUIRES: the position is not of a whole file.
  LineColumn Locate(Position position);
  // The line that holds the position, without its line end. REQUIRES as above.
  absl::string_view Line(Position position);

 private:
  struct Text {
    std::string name;
    std::string text;
    std::vector<uint32_t> line_starts;  // empty until somebody asks
  };
  struct Reading {
    uint32_t text;  // its number
    Entrance entrance;
  };

  const Text& TextOf(FileId file) const { return texts_[readings_[file].text]; }
  // The index of the line.
  size_t FindLine(Position position);

  std::deque<Text> texts_;
  std::vector<FileId> first_readings_;  // by text
  std::vector<Reading> readings_;       // by FileId
  std::vector<std::string> missing_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_SOURCES_H_
