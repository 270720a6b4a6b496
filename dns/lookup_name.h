// A name made ready for lookups: folded to lower case, with the hash of each of its suffixes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_LOOKUP_NAME_H_
#define STRATA_DNS_LOOKUP_NAME_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "dns/name.h"

namespace strata::dns {

// Holds its octets itself and never allocates, so that one object serves query after query.
//
// The hash is part of the snapshot format: 64 bits, the same on every machine and in every release. It is built from
// the right, hash(root) = 0 and hash(label.rest) = XXH3_64(length octet and label in lower case, seed = hash(rest)), so
// one pass gives the hash of the name and of every ancestor.
class LookupName {
 public:
  // The root.
  LookupName() { Assign(absl::string_view("\0", 1)); }
  // `wire` is a valid uncompressed name.
  explicit LookupName(absl::string_view wire) { Assign(wire); }

  void Assign(absl::string_view wire) { AssignBelow(wire, 1, 0); }
  // A name whose last `known_size` octets are one with the hash `known_hash`, which counts as the root does below.
  // Takes time for the labels in front of it only.
  void AssignBelow(absl::string_view wire, size_t known_size, uint64_t known_hash);

  // Labels without the root.
  int label_count() const { return label_count_; }
  // The name without its first `skip` labels, 0 <= skip <= label_count(): wire form, lower case.
  absl::string_view Suffix(int skip) const {
    return absl::string_view(octets_.data() + offsets_[skip], size_ - offsets_[skip]);
  }
  absl::string_view wire() const { return absl::string_view(octets_.data(), size_); }
  uint64_t Hash(int skip = 0) const { return hashes_[skip]; }

 private:
  std::array<char, kMaxNameSize> octets_;
  uint8_t size_ = 0;
  uint8_t label_count_ = 0;
  std::array<uint8_t, kMaxLabels> offsets_;  // of each label; the root's is last
  std::array<uint64_t, kMaxLabels> hashes_;
};

}  // namespace strata::dns

#endif  // STRATA_DNS_LOOKUP_NAME_H_
