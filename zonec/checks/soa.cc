// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/soa.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/checks/alias_graph.h"

namespace strata::zonec {
namespace {

constexpr uint32_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;

struct Soa {
  absl::string_view mname, rname;
  uint32_t refresh, retry, expire, minimum;
};

// `rdata` is valid.
Soa Parse(absl::string_view rdata) {
  const size_t mname = dns::WireNameSize(rdata), rname = dns::WireNameSize(rdata.substr(mname));
  const absl::string_view numbers = rdata.substr(mname + rname + 4);  // behind the serial
  return {.mname = rdata.substr(0, mname),
          .rname = rdata.substr(mname, rname),
          .refresh = dns::ReadU32(numbers),
          .retry = dns::ReadU32(numbers.substr(4)),
          .expire = dns::ReadU32(numbers.substr(8)),
          .minimum = dns::ReadU32(numbers.substr(12))};
}

// The first thing that is out of what is recommended, or "".
std::string OutOfRange(const Soa& soa) {
  const auto text = [](absl::string_view name, uint32_t value, absl::string_view wanted) {
    return absl::StrCat(name, " is ", value, " s; ", wanted);
  };
  if (soa.refresh < 20 * kMinute || soa.refresh > 7 * kDay) {
    return text("refresh", soa.refresh, "20 minutes to 12 hours are recommended (RFC 1912 §2.2)");
  }
  if (soa.retry >= soa.refresh) {
    return text("retry", soa.retry, "it should be a part of refresh (RFC 1912 §2.2)");
  }
  if (soa.expire < uint64_t{soa.refresh} + soa.retry || soa.expire < 7 * kDay) {
    return text("expire", soa.expire, "2 to 4 weeks are recommended (RFC 1912 §2.2)");
  }
  if (soa.minimum > kDay) {
    return text("minimum", soa.minimum,
                "that something does not exist is remembered so long; 1 to 3 hours are "
                "recommended, a day at most (RFC 2308 §5)");
  }
  return "";
}

void CheckMname(absl::string_view mname, Position position, const CheckedZone& zone, Diagnostics* diagnostics) {
  const snapshot::ZoneTree& tree = zone.tree;
  if (diagnostics->levels().IsIgnored("soa-mname") || mname.size() == 1 || !tree.IsInZone(mname)) return;
  const snapshot::ZoneTree::NodeId encloser = tree.FindEncloser(mname);
  if (!IsServed(zone, encloser)) return;
  const snapshot::ZoneTree::NodeId node = tree.FindAnswering(mname);
  if (node != snapshot::kNone &&
      (tree.FindRRset(node, dns::rr_type::kA) != nullptr || tree.FindRRset(node, dns::rr_type::kAAAA) != nullptr)) {
    return;
  }
  diagnostics->Warning(position, "soa-mname",
                       absl::StrCat("the primary server's name, ", dns::WireNameToText(mname),
                                    ", has no address (A or AAAA) in the zone"));
}

}  // namespace

void CheckSoa(const CheckedZone& zone, Diagnostics* diagnostics) {
  const snapshot::ZoneTree::RRset* const rrset = zone.tree.FindRRset(0, dns::rr_type::kSOA);
  if (rrset == nullptr) return;
  const Position position = zone.position(*rrset);
  const Soa soa = Parse(zone.record(rrset->records[0]).rdata());
  if (soa.expire < soa.refresh) {
    diagnostics->Warning(
        position, "soa-timers",
        absl::StrCat("expire, ", soa.expire, " s, is less than refresh, ", soa.refresh,
                     " s: secondaries give the zone up before they ask for a new one (RFC 1912 §2.2)"));
  }
  const std::string out_of_range = OutOfRange(soa);
  if (!out_of_range.empty()) diagnostics->Warning(position, "soa-values", out_of_range);
  if (absl::StrContains(soa.rname, "@")) {
    diagnostics->Warning(position, "soa-rname",
                         absl::StrCat("the mailbox ", dns::WireNameToText(soa.rname),
                                      " holds an @; its place is taken by the first dot (RFC 1035 §8)"));
  }
  CheckMname(soa.mname, position, zone, diagnostics);
}

}  // namespace strata::zonec
