// The values that --define gives to a pyzone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_INPUTS_DEFINES_H_
#define STRATA_ZONEC_PYZONE_INPUTS_DEFINES_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "zonec/pyzone/syntax/statement.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// A define is a variable of the program from its start on. The program may assign to it only once it has asked for it
// by defined(): what the command line says is never lost without a word.
class Defines {
 public:
  // The program and the run outlive it; the values are strs of the run.
  Defines(const std::map<std::string, std::string>& values, Program* program, Run* run);

  // In the order of their names.
  const std::vector<std::pair<NameId, Value>>& variables() const { return variables_; }
  // defined(name). A failed Value when there is none.
  Value Ask(absl::string_view name);
  // The program reads the variable.
  void MarkRead(NameId name);
  // The program assigns to a variable.
  bool MayAssign(NameId name) const;
  // Those that were neither asked for nor read, in the order of their names.
  std::vector<std::string> Unread() const;

 private:
  struct Define {
    Value value;
    bool read = false;
    bool asked = false;
  };

  Program& program_;
  std::vector<std::pair<NameId, Value>> variables_;
  absl::flat_hash_map<NameId, Define> defines_;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_INPUTS_DEFINES_H_
