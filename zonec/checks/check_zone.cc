// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/check_zone.h"

#include "zonec/checks/alias_loops.h"
#include "zonec/checks/aliases.h"
#include "zonec/checks/check.h"
#include "zonec/checks/dangling.h"
#include "zonec/checks/delegations.h"
#include "zonec/checks/null_targets.h"
#include "zonec/checks/occlusion.h"
#include "zonec/checks/rrset_index.h"
#include "zonec/checks/rrsets.h"
#include "zonec/checks/service_bindings.h"
#include "zonec/checks/signed/check_signed.h"
#include "zonec/checks/soa.h"
#include "zonec/checks/targets.h"
#include "zonec/checks/texts.h"
#include "zonec/checks/ttls.h"
#include "zonec/snapshot/zone_tree.h"

namespace strata::zonec {
namespace {

struct Check {
  void (*run)(const CheckedZone& zone, Diagnostics* diagnostics);
  // Complains about something that is not there, so it is of no use when a record may have been lost.
  bool needs_all_records;
};

constexpr Check kChecks[] = {
    {CheckOutOfZone, false},            //
    {CheckApexNs, true},                //
    {CheckSoa, true},                   //
    {CheckApexServers, true},           //
    {CheckOwnersWithoutDot, false},     //
    {CheckCnameAlone, false},           //
    {CheckOneAlias, false},             //
    {CheckAliasLoops, false},           //
    {CheckServiceBindings, false},      //
    {CheckRRsetMembers, false},         //
    {CheckRRsetTtls, false},            //
    {CheckLongTtls, false},             //
    {CheckTargets, true},               //
    {CheckForeignTargets, false},       //
    {CheckDanglingTargets, true},       //
    {CheckNullTargets, false},          //
    {CheckDsStandsAtDelegation, true},  //
    {CheckWildcardTypes, false},        //
    {CheckBelowDelegations, true},      // what is no name server's address may be one after all
    {CheckBelowDnames, false},          //
    {CheckTexts, false},                //
    {CheckCaaRecords, false},           //
};

}  // namespace

std::optional<snapshot::ZoneTree> CheckZone(const ApexOptions& options, ParsedZone* parsed, Diagnostics* diagnostics) {
  if (parsed->unreliable || !SettleApex(options, parsed, diagnostics)) return std::nullopt;
  if (options.progress != nullptr) options.progress->Begin(Phase::kOrder);
  snapshot::ZoneTree tree(&parsed->zone);
  parsed->zone.DropRecords();
  if (options.progress != nullptr) options.progress->Begin(Phase::kCheck);
  const RRsetIndex index(tree);
  const CheckedZone zone{*parsed, tree, index};
  for (const Check& check : kChecks) {
    if (!options.incomplete || !check.needs_all_records) check.run(zone, diagnostics);
  }
  if (!options.incomplete) CheckSigned(zone, options.signatures, diagnostics);
  LowerTtls(index, &tree);
  return tree;
}

}  // namespace strata::zonec
