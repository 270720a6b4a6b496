// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/check_levels.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/nearest_name.h"

namespace strata::zonec {
namespace {

constexpr Level kError = Level::kError, kWarning = Level::kWarning, kIgnored = Level::kIgnored;
constexpr bool kFixed = true;

constexpr absl::string_view kApex = "The zone and its apex";
constexpr absl::string_view kAliases = "Aliases";
constexpr absl::string_view kTargets = "Targets";
constexpr absl::string_view kOcclusion = "Delegations and DNAMEs";
constexpr absl::string_view kRRsets = "RRsets";
constexpr absl::string_view kTexts = "Mail and certificates";
constexpr absl::string_view kSigned = "Signed zones";

constexpr CheckRow kRows[] = {
    {"soa-missing", kApex, "the zone has no SOA record", kError, kFixed},
    {"soa-duplicate", kApex, "a second SOA record", kError, kFixed},
    {"soa-not-apex", kApex, "an SOA record elsewhere than at the apex", kError, kFixed},
    {"ns-missing", kApex, "no NS record at the apex", kError},
    {"single-ns", kApex, "one name server only", kIgnored},
    {"lame-apex", kApex, "all name servers of the zone are in it and have no address", kWarning},
    {"soa-timers", kApex, "expire is less than refresh", kWarning},
    {"soa-values", kApex, "a number of the SOA record is not as recommended", kIgnored},
    {"soa-rname", kApex, "the mailbox of the SOA record holds an @", kWarning},
    {"soa-mname", kApex, "the primary's name is in the zone and has no address", kIgnored},
    {"serial-not-advanced", kApex, "with --previous: the zone has changed, and its serial is not greater", kError},
    {"missing-dot", kApex, "a name ends with the zone's name twice", kWarning},
    {"out-of-zone", kApex, "an owner outside the zone; the record is left out", kWarning},

    {"cname-and-other-data", kAliases, "an alias owns other records", kError, kFixed},
    {"multiple-cname", kAliases, "a name has two CNAME records", kError, kFixed},
    {"multiple-dname", kAliases, "a name has two DNAME records", kError, kFixed},

    {"cname-loop", kAliases, "aliases lead back to themselves, maybe by DNAMEs and wildcards", kWarning},
    {"dname-loop", kAliases, "DNAMEs lead back to themselves", kWarning},
    {"svcb-alias-loop", kAliases, "SVCB or HTTPS aliases lead back to themselves", kWarning},
    {"svcb-alias-mode", kAliases, "an SVCB or HTTPS alias with parameters, or beside other records", kWarning},

    {"no-address", kTargets, "the target of an NS, MX, SRV, AFSDB, SVCB or HTTPS record has no address", kWarning},
    {"target-is-alias", kTargets, "the target of an NS, MX, SRV or AFSDB record is a CNAME", kWarning},
    {"target-is-address", kTargets, "an address where a name belongs", kWarning},
    {"dangling-target", kTargets, "a CNAME, DNAME, PTR, SVCB or HTTPS record leads to nothing", kWarning},
    {"null-mx", kTargets, "an MX or SRV record that says \"none\" beside others", kWarning},

    {"ds-without-ns", kOcclusion, "a DS record where no delegation is", kWarning},
    {"wildcard-type", kOcclusion, "a wildcard has NS, DS or DNAME records", kWarning},
    {"missing-glue", kOcclusion, "a name server below its own delegation has no address", kWarning},
    {"occluded-by-delegation", kOcclusion, "a record at or below a delegation is never answered", kWarning},
    {"occluded-by-dname", kOcclusion, "a record below a DNAME is never answered", kWarning},

    {"duplicate-record", kRRsets, "the same record again; the snapshot has it once", kWarning},
    {"ttl-mismatch", kRRsets, "TTLs that differ in an RRset; all get the lowest", kWarning},
    {"ttl-too-long", kRRsets, "TTLs of more than 30 days", kWarning},
    {"udp-truncation", kRRsets, "an RRset of more than the 1232 octets that answers over UDP have", kIgnored},
    {"rrset-too-large", kRRsets, "an RRset that no message can carry", kError, kFixed},

    {"spf-syntax", kTexts, "an SPF record that RFC 7208 does not allow", kWarning},
    {"spf-several", kTexts, "a name has several SPF records, so that none counts", kWarning},
    {"spf-lookups", kTexts, "an SPF record takes more than 10 look-ups", kWarning},
    {"spf-policy", kTexts, "an SPF record lets everybody pass, or has terms that nobody looks at", kWarning},
    {"spf-type", kTexts, "an SPF record of type SPF, and none of type TXT", kWarning},
    {"dmarc-syntax", kTexts, "a DMARC record that RFC 7489 does not allow", kWarning},
    {"dmarc-several", kTexts, "several DMARC records, so that none counts", kWarning},
    {"dkim-key", kTexts, "a DKIM key that RFC 6376 does not allow", kWarning},
    {"caa-syntax", kTexts, "flags, tag or value of a CAA record mean nothing", kWarning},

    {"dnskey-missing", kSigned, "the apex is signed but has no DNSKEY", kError},
    {"dnskey-not-for-zone", kSigned, "a DNSKEY without the zone key flag, or of another protocol", kWarning},
    {"dnskey-no-sep", kSigned, "no DNSKEY has the SEP flag", kWarning},
    {"dnskey-revoked", kSigned, "a DNSKEY is revoked", kWarning},
    {"dnskey-algorithm", kSigned, "a DNSKEY of an algorithm that must not be signed with any more", kWarning},
    {"dnskey-malformed", kSigned, "a DNSKEY whose key is of a wrong size or form", kError},
    {"dnskey-unsigned", kSigned, "no SEP key signs the DNSKEY records", kError},
    {"cds-mismatch", kSigned, "a CDS or CDNSKEY record is for none of the zone's keys", kError},
    {"ds-mismatch", kSigned, "no DS record of the parent leads into the zone; needs --parent_ds", kError},
    {"ds-without-key", kSigned, "a DS record of the parent is for no key of the zone; needs --parent_ds", kWarning},
    {"zone-unsigned", kSigned, "there are keys, but not one signature", kError},
    {"algorithm-unused", kSigned, "there is a key of an algorithm, but not one signature", kError},
    {"signature-missing", kSigned, "an RRset is not signed, or not with each algorithm", kError},
    {"signature-stray", kSigned, "a signature of what is not there, or not the zone's to sign", kError},
    {"signature-signer", kSigned, "a signature by another zone", kError},
    {"signature-labels", kSigned, "a signature for a name with another number of labels", kError},
    {"signature-ttl", kSigned, "a signature for another TTL", kWarning},
    {"signature-key-unknown", kSigned, "a signature by a key that is none of the zone's", kError},
    {"signature-expired", kSigned, "a signature has expired", kError},
    {"signature-not-yet-valid", kSigned, "a signature is not valid yet", kError},
    {"signature-expiring", kSigned, "a signature expires within --expiring_within", kWarning},
    {"signature-wrong", kSigned, "a signature does not verify; needs --verify_signatures", kError},
    {"signature-not-verified", kSigned, "signatures of an unknown algorithm, or by one of too many keys of one tag",
     kWarning},
    {"nsec-none", kSigned, "a signed zone has neither NSEC nor NSEC3", kError},
    {"nsec-and-nsec3", kSigned, "a zone has both NSEC and NSEC3", kWarning},
    {"nsec-missing", kSigned, "a name has no NSEC record", kError},
    {"nsec-stray", kSigned, "an NSEC record where none belongs", kError},
    {"nsec-chain", kSigned, "an NSEC record leads to another name than the next one", kError},
    {"nsec-types", kSigned, "an NSEC record lists other types than its name has", kError},
    {"nsec3-param", kSigned, "NSEC3 and NSEC3PARAM records do not belong together", kError},
    {"nsec3-iterations", kSigned, "NSEC3 with additional iterations", kWarning},
    {"nsec3-iterations-excessive", kSigned, "NSEC3 with more iterations than validators take", kError},
    {"nsec3-salt", kSigned, "NSEC3 with a salt", kWarning},
    {"nsec3-missing", kSigned, "a name has no NSEC3 record", kError},
    {"nsec3-stray", kSigned, "an NSEC3 record that is for no name of the zone", kError},
    {"nsec3-chain", kSigned, "an NSEC3 record leads to another hash than the next one", kError},
    {"nsec3-types", kSigned, "an NSEC3 record lists other types than its name has", kError},

    {"no-ttl", kReading, "no TTL; an error when there is none to take either", kWarning},
    {"unused-record", kReading, "a pyzone makes a record and drops it", kWarning},
    {"unused-define", kReading, "a --define that no line reads", kWarning},
    {"syntax", kReading, "quotes, parentheses, entries that end too soon", kError, kFixed},
    {"name", kReading, "what stands for a name is none", kError, kFixed},
    {"ttl", kReading, "what stands for a TTL is none", kError, kFixed},
    {"class", kReading, "another class than the zone's", kError, kFixed},
    {"type", kReading, "an unknown type, or one that no zone holds", kError, kFixed},
    {"rdata", kReading, "data that the record's type does not have", kError, kFixed},
    {"directive", kReading, "a $ line that cannot be carried out", kError, kFixed},
    {"include", kReading, "a file that may not be included, or is not there", kError, kFixed},
    {"not-supported", kReading, "Python that is not part of the language", kError, kFixed},
    {"evaluation", kReading, "a pyzone's program goes wrong", kError, kFixed},
    {"limit", kReading, "a pyzone takes too much", kError, kFixed},
    {"arguments", kReading, "a record function is called in a wrong way", kError, kFixed},
    {"zone-list", kReading, "a pyzone leaves no list of records", kError, kFixed},
    {"assert", kReading, "a pyzone's assert does not hold", kError, kFixed},
    {"define", kReading, "a value of --define cannot be one, or is lost", kError, kFixed},
    {"input", kReading, "the file as a whole cannot be read", kError, kFixed},
    {"snapshot", kReading, "the zone as a whole fits into no snapshot", kError, kFixed},
};

absl::Status NoSuchCheck(absl::string_view name) {
  std::vector<std::string> known;
  for (const CheckRow& row : kRows) known.emplace_back(row.name);
  const std::string nearest = base::NearestName(name, known);
  return absl::InvalidArgumentError(absl::StrCat(
      "is no check", nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?"), " (see zonec checks)"));
}

}  // namespace

absl::string_view LevelName(Level level) {
  return level == Level::kError ? "error" : level == Level::kWarning ? "warning" : "ignored";
}

absl::Span<const CheckRow> CheckRows() { return kRows; }

const CheckRow* FindCheckRow(absl::string_view name) {
  static const auto* const rows = [] {
    auto* const by_name = new absl::flat_hash_map<absl::string_view, const CheckRow*>();
    for (const CheckRow& row : kRows) by_name->emplace(row.name, &row);
    return by_name;
  }();
  const auto found = rows->find(name);
  return found == rows->end() ? nullptr : found->second;
}

absl::Status CheckLevels::Set(absl::string_view name, Level level) {
  const CheckRow* const row = FindCheckRow(name);
  if (row == nullptr) return NoSuchCheck(name);
  if (row->fixed && level != Level::kError) {
    return absl::InvalidArgumentError(absl::StrCat("is always an error: ", row->summary));
  }
  const auto [set, is_new] = set_.emplace(row, level);
  if (!is_new && set->second != level) {
    return absl::InvalidArgumentError(absl::StrCat("contradicts what was asked for before: ", LevelName(set->second)));
  }
  return absl::OkStatus();
}

Level CheckLevels::OfError(absl::string_view name) const {
  if (set_.empty()) return Level::kError;
  const CheckRow* const row = FindCheckRow(name);
  if (row == nullptr || row->level != Level::kError) return Level::kError;
  const auto set = set_.find(row);
  return set == set_.end() ? Level::kError : set->second;
}

Level CheckLevels::OfWarning(absl::string_view name) const {
  const CheckRow* const row = FindCheckRow(name);
  const auto set = set_.find(row);
  if (set != set_.end()) return set->second;
  if (row != nullptr && row->level == Level::kIgnored) return Level::kIgnored;
  return strict_ ? Level::kError : Level::kWarning;
}

}  // namespace strata::zonec
