// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/syntax/scopes.h"

namespace strata::zonec::pyzone {

Scopes::Scope Scopes::TakeAside() {
  Scope scope = std::move(scopes_.back());
  scopes_.pop_back();
  return scope;
}

Scopes::Scope Scopes::Close() {
  Scope scope = TakeAside();
  for (const auto& [name, hops] : scope.waiting) {
    const auto slot = scope.slots.find(name->name);
    if (slot == scope.slots.end()) {
      scopes_.back().waiting.emplace_back(name, hops + 1);
    } else {
      name->hops = hops;
      name->slot = slot->second;
    }
  }
  scope.waiting.clear();
  return scope;
}

void Scopes::Abandon(size_t depth) {
  scopes_.resize(depth);
  for (Scope& scope : scopes_) scope.waiting.clear();
}

void Scopes::Declare(NameId name) {
  if (scopes_.size() == 1) return;
  Scope& scope = scopes_.back();
  if (scope.slots.emplace(name, static_cast<uint32_t>(scope.names.size())).second) scope.names.push_back(name);
}

void Scopes::OpenFrom(size_t mark) {
  std::vector<std::pair<NameExpr*, uint32_t>>& outer = scopes_.back().waiting;
  Scope scope;
  scope.waiting.assign(outer.begin() + static_cast<ptrdiff_t>(mark), outer.end());
  outer.resize(mark);
  scopes_.push_back(std::move(scope));
}

}  // namespace strata::zonec::pyzone
