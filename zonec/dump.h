// A snapshot as text.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_DUMP_H_
#define STRATA_ZONEC_DUMP_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "dns/record.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {

// Takes the next piece of the output; false stops.
using DumpSink = absl::FunctionRef<bool(absl::string_view)>;

// The zone as a master file: a record a line, all names absolute, every TTL and class stated, the SOA record first (as
// secondaries and many tools want it) and the others in canonical order. Compiling it gives the same snapshot.
// REQUIRES: the snapshot was verified.
void DumpMasterFile(const snapshot::SnapshotReader& snapshot, DumpSink sink);

// A record as it stands in DumpJson().
void AppendRecordJson(const dns::Record& record, std::string* out);

// The same as one JSON object, a record a line:
//
//   {"origin":"example.","class":"IN","serial":1,"identity":"5f…","records":[
//   {"owner":"example.","ttl":3600,"type":"SOA","rdata":"ns.example. …"},
//   …
//   ]}
void DumpJson(const snapshot::SnapshotReader& snapshot, DumpSink sink);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_DUMP_H_
