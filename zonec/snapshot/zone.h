// A zone as the compiler's front ends and checks leave it: a set of records.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_ZONE_H_
#define STRATA_ZONEC_SNAPSHOT_ZONE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "base/huge_pages.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/arena.h"
#include "zonec/snapshot/name_tree.h"

namespace strata::snapshot {

// A record in a Zone: small, for there are millions of them.
struct ZoneRecord {
  const char* rdata_octets;
  NameTree::Id owner;
  // Where the RDATA leads (rr_targets.h), when that is within the origin, whether the name owns records or not;
  // otherwise kNone. Known once Zone::ResolveTargets() has been called.
  NameTree::Id target;
  uint32_t ttl;
  uint16_t type;
  uint16_t rdata_size;

  // Uncompressed wire form, in the case in which it was written.
  absl::string_view rdata() const { return {rdata_octets, rdata_size}; }
};

// Move only. What its names and RDATA are read from may go.
class Zone {
 public:
  explicit Zone(dns::Name origin = dns::Name(), uint16_t rr_class = dns::rr_class::kIN);

  // `owner` is of names(), which keep no case. `rdata` has at most 65535 octets.
  void Add(NameTree::Id owner, uint16_t type, uint32_t ttl, absl::string_view rdata) {
    records_.push_back({rdatas_.Copy(rdata), owner, kNone, ttl, type, static_cast<uint16_t>(rdata.size())});
  }
  void Add(const dns::Record& record) { Add(AddName(record.owner.wire()), record.type, record.ttl, record.rdata); }
  // The name as one of names(); those within the origin cost less.
  NameTree::Id AddName(absl::string_view wire);
  // AddName() in two steps, for callers who do something else while memory is fetched.
  struct PreparedName {
    dns::LookupName name;
    NameTree::Id ancestor = 0;
  };
  void PrepareName(absl::string_view wire, PreparedName* prepared) const;
  NameTree::Id AddName(const PreparedName& prepared) { return names_.Add(prepared.name, prepared.ancestor); }
  // Finds out where the records lead that were added since the last call, or since the origin changed.
  void ResolveTargets();

  const dns::Name& origin() const { return origin_; }
  void set_origin(dns::Name origin);
  uint16_t rr_class() const { return rr_class_; }
  // Of owners, of targets, and those above them.
  const NameTree& names() const { return names_; }
  // In the order in which they were added; owners may be outside of the origin, records may be there twice.
  const base::HugePageVector<ZoneRecord>& records() const { return records_; }
  absl::string_view owner(const ZoneRecord& record) const { return names_.name(record.owner); }
  // By value, for tests and the like.
  dns::Record ToRecord(const ZoneRecord& record) const {
    return {*dns::Name::FromWire(owner(record)), record.type, rr_class_, record.ttl, std::string(record.rdata())};
  }
  // Once a ZoneTree has them: frees the memory that records() take. Names and RDATA stay.
  void DropRecords() { records_ = {}; }
  // No name is added or searched for any more: frees the memory that this needs. A ZoneTree goes without it.
  void DropNameIndex() { names_.DropIndex(); }

 private:
  // The nearest name above that is known to lie above `wire`.
  NameTree::Id AncestorFor(absl::string_view wire) const;

  dns::Name origin_;
  uint16_t rr_class_;
  NameTree names_;
  NameTree::Id apex_ = 0;
  size_t resolved_ = 0;  // of records_
  Arena rdatas_;
  base::HugePageVector<ZoneRecord> records_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_ZONE_H_
