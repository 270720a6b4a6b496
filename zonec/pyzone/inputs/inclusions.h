// The files that a pyzone includes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_INPUTS_INCLUSIONS_H_
#define STRATA_ZONEC_PYZONE_INPUTS_INCLUSIONS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "zonec/include_files.h"
#include "zonec/pyzone/syntax/statement.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

// Opens and parses what include() names, each text once, and keeps its statements. What goes wrong is reported to the
// Run. Depth and number are bounded by the Run's limits; a file that includes itself, by whatever way, is an error.
class Inclusions {
 public:
  // `file` is the zone itself. All arguments outlive it.
  Inclusions(FileId file, Sources* sources, IncludeFiles* includes, Program* program, Run* run);

  // The statements of the zone itself; nullptr: they are wrong.
  const Block* ParseZone();
  // What include(path), called at `call`, is to run; nullptr: it was reported. To be followed by a Leave().
  const Block* Enter(absl::string_view path, Position call);
  void Leave();

 private:
  // A text and the reading in which it was parsed, which its statements' positions have.
  struct Parsed {
    FileId file;
    Block block;
  };

  // nullptr: it is wrong.
  const Parsed* Parse(FileId file);
  const Block* Fail(Position call, absl::string_view check, std::string message);

  Sources& sources_;
  IncludeFiles& includes_;
  Program& program_;
  Run& run_;
  std::vector<FileId> entered_;  // readings, the innermost last
  size_t count_ = 0;
  std::map<uint32_t, Parsed> parsed_;  // by the text's number
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_INPUTS_INCLUSIONS_H_
