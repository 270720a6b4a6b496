// What `zonec --help` and `zonec COMMAND --help` print.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_USAGE_H_
#define STRATA_ZONEC_USAGE_H_

#include "absl/strings/string_view.h"

namespace strata::zonec {

inline constexpr absl::string_view kUsage = R"(Usage: zonec COMMAND [OPTIONS] FILE

Checks zones and compiles them into snapshots, which authority servers answer from.

Commands:
  compile -o OUT.snap INPUT   compile a zone file
  check INPUT                 the same, but write nothing
  checks                      list all checks and their levels
  dump SNAPSHOT               print a snapshot as a zone file
  diff BEFORE AFTER           print what two versions of a zone differ in

Options stand before or after the file. `zonec COMMAND --help` tells more.
Exit status: 0 fine (there may be warnings), 1 the zone has errors, 2 wrong usage or a file that cannot be read or written.
Of diff: 0 the same, 1 different, 2 trouble, which a zone with errors is, too.
)";

inline constexpr absl::string_view kCompileUsage = R"(Usage: zonec compile [OPTIONS] -o OUT.snap INPUT
       zonec check [OPTIONS] INPUT

Checks a zone file and compiles it into a snapshot. INPUT may be - for standard input. The snapshot is replaced as a
whole, and stays as it is when the zone has errors; the same zone always gives the same octets.

Options:
  -o, --output=FILE           where to write the snapshot (compile only)
  --origin=NAME               the zone's apex. Without it the owner of the SOA record is the apex, and names before the
                              first $ORIGIN are completed with the file's base name without .zone, .db or a leading db.
  --strict                    warnings are errors, but for those of checks that --warn or --ignore names
  --error=CHECK, --warn=CHECK, --ignore=CHECK
                              what this check finds is an error, a warning, or not looked for; may be repeated, and
                              CHECK may be several, with commas. `zonec checks` lists them
  --previous=SNAPSHOT         a snapshot of the version before: when the zone has changed, its serial has to be greater
  --verify_signatures         verify each signature of a signed zone by its key, and not only read it
  --signature_time=now|TIME   when signatures have to be valid: YYYYMMDDHHmmSS or seconds since 1970 (default now)
  --expiring_within=SPAN      how long before the first signature expires a warning is due, such as 12h (default 3d)
  --parent_ds=FILE            the DS records that the parent has for the zone, as a master file: one has to be for a key of
                              the zone
  --include_root=DIR          a folder whose files $INCLUDE and include() may read; may be repeated (default: the
                              folder of INPUT)
  --define=NAME=VALUE         a value that a pyzone reads, by defined("NAME") or as its variable NAME; may be repeated
  --diagnostics=text|json     how errors and warnings are printed: text to standard error, or JSON, an object a line, to
                              standard output
  --color=auto|always|never   whether text is in colours (default auto: on a terminal, unless NO_COLOR is set)
  --progress=auto|always|never
                              whether a line shows how far large zones have come (default auto: on a terminal)
  --stats                     print how many names and records there are, how large the snapshot is, and the time of each
                              phase, to standard error
  --format=bind|pyzone        the language of INPUT: a master file or a pyzone, a small language in the shape of Python.
                              Without it, a file that is called *.py or *.pyzone, or starts as a program does, is a
                              pyzone
)";

inline constexpr absl::string_view kChecksUsage = R"(Usage: zonec checks [--json]

Lists all checks: name, level, and what it finds. The level is error, warning, or ignored, which means that the check is
off unless --warn or --error asks for it. What is marked "always" cannot be lowered: the text cannot be read, no snapshot
can hold such records, or no name server could answer them.

Options:
  --json                      one JSON object a line instead
)";

inline constexpr absl::string_view kDumpUsage = R"(Usage: zonec dump [--json] SNAPSHOT

Prints a snapshot as a zone file: a record a line, names absolute, the SOA record first, the others in canonical order.
Compiling the output gives the same snapshot. SNAPSHOT may be - for standard input.

Options:
  --json                      one JSON object instead, a record a line
)";

inline constexpr absl::string_view kDiffUsage = R"(Usage: zonec diff [OPTIONS] BEFORE AFTER

Prints the records that two versions of a zone differ in, in canonical order: `-` stands before one that is removed, `+`
before one that is added. One that has changed, in its TTL say, is printed as both, one behind the other. BEFORE and AFTER
are snapshots or zone files, which are compiled as zonec check does; one of them may be - for standard input. How many
records differ is told on standard error. Exit status: 0 the same, 1 different, 2 trouble.

Options:
  --ignore_serial             an SOA record with another serial only is the same
  --json                      a JSON object a line instead: {"change":"added|removed|changed","before":{…},"after":{…}}
  --origin, --format, --include_root, --define
                              how zone files are read, as for zonec check
)";

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_USAGE_H_
