// Which variables a piece of text can see: resolves names to slots while parsing.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_SYNTAX_SCOPES_H_
#define STRATA_ZONEC_PYZONE_SYNTAX_SCOPES_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "zonec/pyzone/syntax/expression.h"

namespace strata::zonec::pyzone {

// Functions and comprehensions are scopes; what they do not assign belongs to the one around them and in the end to the
// file, whose variables are global. What a scope assigns is known only at its end, so names wait until then.
class Scopes {
 public:
  struct Scope {
    std::vector<NameId> names;  // by slot
    absl::flat_hash_map<NameId, uint32_t> slots;
    // Names used here, with the scopes that were closed around them since.
    std::vector<std::pair<NameExpr*, uint32_t>> waiting;
  };

  Scopes() : scopes_(1) {}

  void Open() { scopes_.emplace_back(); }
  // Resolves what it can; the rest waits in the scope around.
  Scope Close();
  // Takes the innermost scope aside, to parse something that belongs to the one around, and puts it back.
  Scope TakeAside();
  void PutBack(Scope scope) { scopes_.push_back(std::move(scope)); }

  void Use(NameExpr* name) { scopes_.back().waiting.emplace_back(name, 0); }
  // The innermost scope assigns the name.
  void Declare(NameId name);
  // What was used since a `Mark()` turns out to belong to a new scope, which is opened.
  size_t Mark() const { return scopes_.back().waiting.size(); }
  // They turn out to be no variables at all.
  void Forget(size_t mark) { scopes_.back().waiting.resize(mark); }
  void OpenFrom(size_t mark);
  // The scopes that are open, and back to so many of them after an error: the trees that names wait in are gone.
  size_t depth() const { return scopes_.size(); }
  void Abandon(size_t depth);
  // At the end of a statement of the file: what still waits is global.
  void Settle() {
    if (scopes_.size() == 1) scopes_.back().waiting.clear();
  }

 private:
  std::vector<Scope> scopes_;  // the first is the file's
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_SYNTAX_SCOPES_H_
