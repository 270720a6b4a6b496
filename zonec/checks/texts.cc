// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/texts.h"

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dns/rr_type.h"
#include "zonec/checks/caa_syntax.h"
#include "zonec/checks/dkim_syntax.h"
#include "zonec/checks/dmarc_syntax.h"
#include "zonec/checks/spf_syntax.h"
#include "zonec/checks/tag_list.h"

namespace strata::zonec {
namespace {

using RRset = snapshot::ZoneTree::RRset;

constexpr int kMaxSpfLookups = 10;

// The character-strings of TXT RDATA, joined with nothing between them, as readers of all these records do.
std::string JoinStrings(absl::string_view rdata) {
  std::string text;
  while (!rdata.empty()) {
    const size_t size = static_cast<uint8_t>(rdata[0]);
    absl::StrAppend(&text, rdata.substr(1, size));
    rdata = rdata.substr(std::min(rdata.size(), size + 1));
  }
  return text;
}

// Whether the record's text starts so, in whatever case. Looks at its first string, so that nothing is copied for the
// many that are about something else.
bool HasStart(absl::string_view rdata, absl::string_view start) {
  return absl::StartsWithIgnoreCase(rdata.substr(std::min<size_t>(1, rdata.size())), start);
}

// Whether the first label of a name in lower case is this one.
bool HasFirstLabel(absl::string_view name, absl::string_view label) {
  return static_cast<uint8_t>(name[0]) == label.size() && absl::StartsWith(name.substr(1), label);
}
absl::string_view Parent(absl::string_view name) { return name.substr(static_cast<uint8_t>(name[0]) + 1u); }

// Warns of records behind the first of those that there is to be one of.
class OnlyOne {
 public:
  OnlyOne(absl::string_view check, absl::string_view noun, const CheckedZone& zone, Diagnostics* diagnostics)
      : check_(check), noun_(noun), zone_(zone), diagnostics_(diagnostics) {}
  void Add(const RRset& rrset, uint32_t number) {
    if (count_++ == 0) {
      first_ = number;
      return;
    }
    diagnostics_->Warning(zone_.position(number), check_,
                          absl::StrCat(dns::WireNameToText(zone_.tree.nodes()[rrset.node].name), " has a second ",
                                       noun_, " record, so that none counts"),
                          {Note{zone_.position(first_), "the first one"}});
  }

 private:
  absl::string_view check_, noun_;
  const CheckedZone& zone_;
  Diagnostics* diagnostics_;
  uint32_t first_ = 0;
  int count_ = 0;
};

void CheckOneSpf(uint32_t number, absl::string_view text, const CheckedZone& zone, Diagnostics* diagnostics) {
  const Position position = zone.position(number);
  const absl::StatusOr<SpfTerms> terms = ParseSpf(text);
  if (!terms.ok()) {
    diagnostics->Warning(position, "spf-syntax",
                         absl::StrCat("this is no valid SPF record: ", terms.status().message(), " (RFC 7208)"));
    return;
  }
  if (terms->lookups > kMaxSpfLookups) {
    diagnostics->Warning(position, "spf-lookups",
                         absl::StrCat("this SPF record makes receivers look up ", terms->lookups,
                                      " names; after 10 they give up (RFC 7208 §4.6.4)"));
  }
  if (!terms->doubt.empty()) {
    diagnostics->Warning(position, "spf-policy", absl::StrCat("in this SPF record, ", terms->doubt));
  }
}

// Returns whether there is a record that says that it is one.
bool CheckSpfs(const RRset& rrset, const CheckedZone& zone, Diagnostics* diagnostics) {
  OnlyOne only_one("spf-several", "SPF", zone, diagnostics);
  bool found = false;
  for (const uint32_t number : rrset.records) {
    const absl::string_view rdata = zone.record(number).rdata();
    if (!HasStart(rdata, "v=spf")) continue;
    const std::string text = JoinStrings(rdata);
    if (!IsSpf(text)) {
      diagnostics->Warning(
          zone.position(number), "spf-syntax",
          absl::StrCat(Quoted(text), " is no SPF record: one starts with \"v=spf1 \" (RFC 7208 §4.5)"));
      continue;
    }
    found = true;
    only_one.Add(rrset, number);
    CheckOneSpf(number, text, zone, diagnostics);
  }
  return found;
}

void CheckDmarcs(const RRset& rrset, const CheckedZone& zone, Diagnostics* diagnostics) {
  OnlyOne only_one("dmarc-several", "DMARC", zone, diagnostics);
  for (const uint32_t number : rrset.records) {
    const std::string text = JoinStrings(zone.record(number).rdata());
    if (!IsMeantForDmarc(text)) continue;
    only_one.Add(rrset, number);
    const absl::Status status = CheckDmarc(text);
    if (status.ok()) continue;
    diagnostics->Warning(zone.position(number), "dmarc-syntax",
                         absl::StrCat("this is no valid DMARC record: ", status.message(), " (RFC 7489 §6.3)"));
  }
}

void CheckDkimKeys(const RRset& rrset, const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint32_t number : rrset.records) {
    const absl::Status status = CheckDkimKey(JoinStrings(zone.record(number).rdata()));
    if (status.ok()) continue;
    diagnostics->Warning(zone.position(number), "dkim-key",
                         absl::StrCat("this is no valid DKIM key: ", status.message(), " (RFC 6376 §3.6.1)"));
  }
}

}  // namespace

void CheckTexts(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint32_t i : zone.index.OfType(dns::rr_type::kTXT)) {
    const RRset& rrset = zone.tree.rrsets()[i];
    CheckSpfs(rrset, zone, diagnostics);
    const absl::string_view name = zone.tree.nodes()[rrset.node].name;
    if (name.size() == 1) continue;
    if (HasFirstLabel(name, "_dmarc")) CheckDmarcs(rrset, zone, diagnostics);
    if (HasFirstLabel(Parent(name), "_domainkey")) CheckDkimKeys(rrset, zone, diagnostics);
  }
  for (const uint32_t i : zone.index.OfType(dns::rr_type::kSPF)) {
    const RRset& rrset = zone.tree.rrsets()[i];
    const bool valid = CheckSpfs(rrset, zone, diagnostics);
    const RRset* const text = zone.tree.FindRRset(rrset.node, dns::rr_type::kTXT);
    bool in_text = false;
    if (text != nullptr) {
      for (const uint32_t number : text->records) in_text |= HasStart(zone.record(number).rdata(), "v=spf1");
    }
    if (!valid || in_text) continue;
    diagnostics->Warning(zone.position(rrset), "spf-type",
                         "nobody asks for records of type SPF any more; a TXT record has to say the same "
                         "(RFC 7208 §3.1)");
  }
}

void CheckCaaRecords(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint32_t i : zone.index.OfType(dns::rr_type::kCAA)) {
    for (const uint32_t number : zone.tree.rrsets()[i].records) {
      const absl::Status status = CheckCaa(zone.record(number).rdata());
      if (status.ok()) continue;
      diagnostics->Warning(zone.position(number), "caa-syntax",
                           absl::StrCat("of this CAA record, ", status.message(), " (RFC 8659 §4)"));
    }
  }
}

}  // namespace strata::zonec
