// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/zone_test_command.h"

#include <cstdio>
#include <memory>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "authority/mapped_file.h"
#include "authority/zone_test/zone_test.h"
#include "base/command_line.h"
#include "base/status_macros.h"
#include "base/version.h"
#include "zonec/colour_choice.h"
#include "zonec/input_file.h"
#include "zonec/output_file.h"

ABSL_FLAG(bool, update, false, "write what is answered into the file");
ABSL_FLAG(std::string, color, "auto", "auto, always or never");

namespace strata::authority {
namespace {

constexpr absl::string_view kUsage = R"(Usage: zone_test [OPTIONS] ANSWERS SNAPSHOT…

Tests zones: asks them the questions of the file ANSWERS, by the code that servers answer with, and compares. Snapshots are
what `zonec compile` writes. No server is started and no network used.

ANSWERS is a text file. A question starts its line; what is expected stands below it, indented:

  ; the web server
  www.example.com. A
      A 192.0.2.1              ; [OWNER.] [TTL] [CLASS] TYPE RDATA, in any order; without an owner, the name asked
  nobody.example.com. A
      NXDOMAIN                 ; or NODATA, REFUSED, TRUNCATED, REFERRAL [to NAME…]
  example.com. MX +bufsize=512 ; over UDP, by a client that takes 512 octets
      MX 10 mail
      additional:              ; other sections count when they are named: answer:, authority:, additional:
      mail.example.com. A 192.0.2.25

Relative names are of the zone, or of the last $ORIGIN.

Options:
  --update                    write what is answered into ANSWERS, where it differs (questions may stand there without
                              anything below)
  --color=auto|always|never   whether messages are in colours (default auto: on a terminal, unless NO_COLOR is set)

Exit status: 0 all is answered as expected (or was written), 1 something is not, or ANSWERS has a mistake, 2 wrong usage or a
file that cannot be read or written.
)";

absl::StatusOr<std::shared_ptr<const Zone>> ReadZone(const std::string& path) {
  STRATA_ASSIGN_OR_RETURN(std::unique_ptr<MappedFile> file, MappedFile::Open(path));
  absl::StatusOr<snapshot::SnapshotReader> reader = snapshot::SnapshotReader::Open(file->octets());
  const absl::Status sound = reader.ok() ? reader->Verify() : reader.status();
  if (!sound.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ": ", sound.message()));
  return std::make_shared<const Zone>(Zone{*std::move(reader), std::move(file)});
}

absl::StatusOr<ZoneCatalog> ReadZones(const std::vector<std::string>& paths) {
  std::vector<std::shared_ptr<const Zone>> zones;
  for (const std::string& path : paths) {
    STRATA_ASSIGN_OR_RETURN(std::shared_ptr<const Zone> zone, ReadZone(path));
    for (const auto& other : zones) {
      if (other->reader.origin() != zone->reader.origin()) continue;
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": another snapshot is of the zone ", dns::WireNameToText(zone->reader.origin()), " too"));
    }
    zones.push_back(std::move(zone));
  }
  return ZoneCatalog(std::move(zones));
}

std::string UpdateCommand(const std::vector<std::string>& args, const ZoneTestEnvironment& environment) {
  if (!environment.test_target.empty()) return absl::StrCat("bazel run ", environment.test_target, " -- --update");
  return absl::StrCat("zone_test --update ", absl::StrJoin(args, " "));
}

// The file that --update writes. In Bazel's tree of links it is not the user's, and may not be written.
std::string PathToWrite(const std::string& path, const ZoneTestEnvironment& environment) {
  const bool as_it_is = environment.source_root.empty() || absl::StartsWith(path, "/");
  return as_it_is ? path : absl::StrCat(environment.source_root, "/", path);
}

absl::StatusOr<int> Test(const base::CommandLine& line, const ZoneTestEnvironment& environment) {
  const std::vector<std::string>& files = line.arguments();
  if (files.size() < 2) {
    return absl::InvalidArgumentError("a file of expected answers and a snapshot at least (see zone_test --help)");
  }
  const bool update = absl::GetFlag(FLAGS_update);
  if (update && environment.source_root.empty() && !environment.test_target.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("a test must not write files; run it: ", UpdateCommand({}, environment)));
  }
  STRATA_ASSIGN_OR_RETURN(const zonec::Colours colours,
                          zonec::ChooseColours(absl::GetFlag(FLAGS_color), zonec::Screen::OfStandardError()));
  const std::string path = update ? PathToWrite(files[0], environment) : files[0];
  ZoneTestText test = {.name = files[0], .text = "", .update_command = UpdateCommand(files, environment)};
  STRATA_ASSIGN_OR_RETURN(test.text, zonec::ReadInput(path));
  STRATA_ASSIGN_OR_RETURN(const ZoneCatalog zones, ReadZones({files.begin() + 1, files.end()}));
  STRATA_ASSIGN_OR_RETURN(const ZoneTestResult result, TestZones(test, zones, colours));
  if (!update || result.has_mistakes) {
    std::fputs(result.report.c_str(), stderr);
    return result.ok() ? kExitAsExpected : kExitNotAsExpected;
  }
  if (result.wrong > 0) STRATA_RETURN_IF_ERROR(zonec::ReplaceFile(path, result.updated));
  std::fputs(absl::StrCat(path, ": ", result.wrong, " of ", result.questions, " expectations written\n").c_str(),
             stderr);
  return kExitAsExpected;
}

int Print(absl::string_view text) {
  const bool printed = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return printed ? kExitAsExpected : kExitNotTested;
}

}  // namespace

int RunZoneTest(const std::vector<std::string>& args, const ZoneTestEnvironment& environment) {
  const base::CommandLineSpec spec = {
      .summary = "tests zones against expected answers", .arguments = "ANSWERS SNAPSHOT…", .short_options = {}};
  const absl::StatusOr<base::CommandLine> line = base::ParseCommandLine(args, spec);
  if (line.ok() && line->help_requested()) return Print(kUsage);
  if (line.ok() && line->version_requested()) return Print(absl::StrCat("zone_test ", base::kVersion, "\n"));
  const absl::StatusOr<int> exit_status = line.ok() ? Test(*line, environment) : absl::StatusOr<int>(line.status());
  if (exit_status.ok()) return *exit_status;
  std::fprintf(stderr, "zone_test: %s\n", std::string(exit_status.status().message()).c_str());
  return kExitNotTested;
}

}  // namespace strata::authority
