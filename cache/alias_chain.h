// The names that an answer leads through: from the question along CNAME and DNAME records (RFC 1034 §3.6.2, RFC 6672).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_ALIAS_CHAIN_H_
#define STRATA_CACHE_ALIAS_CHAIN_H_

#include <cstddef>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"

namespace strata::cache {

// Used in this order: construct, Add… for the answer section's records in any order, Follow(), and then ask. All names
// are valid, uncompressed and in wire form.
class AliasChain {
 public:
  // More than resolvers are ready to follow; it also bounds the work.
  static constexpr size_t kMaxAliases = 16;

  explicit AliasChain(absl::string_view question);

  void AddCname(absl::string_view owner, absl::string_view target);
  void AddDname(absl::string_view owner, absl::string_view target);

  // False when the aliases are no chain: too many, a loop, a CNAME that nothing leads to, or one that is not what its
  // DNAME makes of the name.
  bool Follow();
  // For questions that aliases answer themselves (CNAME, ANY): the chain is the question, with DNAMEs above it.
  void Stay();

  // Whether a record may have this owner: one of the chain's names, or the owner of a DNAME that was followed.
  bool Holds(absl::string_view name) const;
  // Where it ends.
  absl::string_view end() const { return names_.back(); }

 private:
  struct Alias {
    std::string owner, target;
    bool used = false;
  };
  using Aliases = absl::InlinedVector<Alias, 2>;

  void Add(absl::string_view owner, absl::string_view target, Aliases* aliases);
  Alias* CnameAt(absl::string_view name);
  Alias* DnameAbove(absl::string_view name);
  bool IsName(absl::string_view name) const;

  absl::InlinedVector<std::string, 2> names_;
  Aliases cnames_, dnames_;
  bool too_many_ = false;
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_ALIAS_CHAIN_H_
