// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/inputs/defines.h"

namespace strata::zonec::pyzone {

Defines::Defines(const std::map<std::string, std::string>& values, Program* program, Run* run) : program_(*program) {
  for (const auto& [name, text] : values) {
    const Value value = run->NewStr(text);
    if (value.failed()) return;
    const NameId id = program->Intern(name);
    variables_.emplace_back(id, value);
    defines_[id].value = value;
  }
}

Value Defines::Ask(absl::string_view name) {
  const auto id = program_.name_ids.find(name);
  const auto found = id == program_.name_ids.end() ? defines_.end() : defines_.find(id->second);
  if (found == defines_.end()) return Value();
  found->second.read = true;
  found->second.asked = true;
  return found->second.value;
}

void Defines::MarkRead(NameId name) {
  const auto found = defines_.find(name);
  if (found != defines_.end()) found->second.read = true;
}

bool Defines::MayAssign(NameId name) const {
  const auto found = defines_.find(name);
  return found == defines_.end() || found->second.asked;
}

std::vector<std::string> Defines::Unread() const {
  std::vector<std::string> out;
  for (const auto& [name, value] : variables_) {
    if (!defines_.at(name).read) out.push_back(program_.names[name]);
  }
  return out;
}

}  // namespace strata::zonec::pyzone
