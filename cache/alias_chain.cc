// SPDX-License-Identifier: Apache-2.0
#include "cache/alias_chain.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dns/name.h"

namespace strata::cache {
namespace {

// Octets of `name` in front of `ancestor`; 0 when it is not below it.
size_t PrefixSize(absl::string_view name, absl::string_view ancestor) {
  if (name.size() <= ancestor.size()) return 0;
  const size_t prefix = name.size() - ancestor.size();
  size_t at = 0;
  while (at < prefix) at += static_cast<unsigned char>(name[at]) + 1u;
  return at == prefix && dns::NamesEqual(name.substr(prefix), ancestor) ? prefix : 0;
}

}  // namespace

AliasChain::AliasChain(absl::string_view question) { names_.emplace_back(question.data(), question.size()); }

void AliasChain::Add(absl::string_view owner, absl::string_view target, Aliases* aliases) {
  if (cnames_.size() + dnames_.size() == 2 * kMaxAliases) {
    too_many_ = true;
    return;
  }
  aliases->push_back({std::string(owner), std::string(target)});
}

void AliasChain::AddCname(absl::string_view owner, absl::string_view target) { Add(owner, target, &cnames_); }

void AliasChain::AddDname(absl::string_view owner, absl::string_view target) { Add(owner, target, &dnames_); }

AliasChain::Alias* AliasChain::CnameAt(absl::string_view name) {
  const auto found = std::find_if(cnames_.begin(), cnames_.end(),
                                  [name](const Alias& alias) { return dns::NamesEqual(alias.owner, name); });
  return found == cnames_.end() ? nullptr : &*found;
}

AliasChain::Alias* AliasChain::DnameAbove(absl::string_view name) {
  const auto found = std::find_if(dnames_.begin(), dnames_.end(),
                                  [name](const Alias& alias) { return PrefixSize(name, alias.owner) != 0; });
  return found == dnames_.end() ? nullptr : &*found;
}

bool AliasChain::Follow() {
  if (too_many_) return false;
  while (true) {
    const std::string& name = names_.back();
    Alias* const cname = CnameAt(name);
    Alias* const dname = DnameAbove(name);
    if (cname == nullptr && dname == nullptr) break;
    std::string target;
    if (dname != nullptr) {
      // RFC 6672 §2.2: what is in front of the DNAME's owner comes in front of its target.
      target = absl::StrCat(absl::string_view(name).substr(0, PrefixSize(name, dname->owner)), dname->target);
      if (target.size() > dns::kMaxNameSize) return false;
      dname->used = true;
    }
    if (cname != nullptr) {
      if (dname != nullptr && !dns::NamesEqual(cname->target, target)) return false;
      target = cname->target;
      cname->used = true;
    }
    if (names_.size() > kMaxAliases || IsName(target)) return false;
    names_.push_back(std::move(target));
  }
  return std::all_of(cnames_.begin(), cnames_.end(), [](const Alias& alias) { return alias.used; });
}

void AliasChain::Stay() {
  for (Alias& dname : dnames_) dname.used = PrefixSize(names_.back(), dname.owner) != 0;
}

bool AliasChain::IsName(absl::string_view name) const {
  return std::any_of(names_.begin(), names_.end(),
                     [name](const std::string& held) { return dns::NamesEqual(held, name); });
}

bool AliasChain::Holds(absl::string_view name) const {
  return IsName(name) || std::any_of(dnames_.begin(), dnames_.end(), [name](const Alias& dname) {
           return dname.used && dns::NamesEqual(dname.owner, name);
         });
}

}  // namespace strata::cache
