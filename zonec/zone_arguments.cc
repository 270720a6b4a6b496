// SPDX-License-Identifier: Apache-2.0
#include "zonec/zone_arguments.h"

#include <ctime>
#include <filesystem>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "dns/name.h"
#include "dns/text/time_text.h"
#include "zonec/checks/check_levels.h"
#include "zonec/define_flag.h"
#include "zonec/format.h"
#include "zonec/input_file.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {
namespace {

// Adds the checks that a flag names to the levels.
absl::Status SetLevels(absl::string_view flag, const std::vector<std::string>& names, Level level,
                       CheckLevels* levels) {
  for (const std::string& name : names) {
    const absl::Status status = levels->Set(name, level);
    if (!status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", name, ": \"", name, "\" ", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<CheckLevels> Levels(const ZoneArguments& arguments) {
  CheckLevels levels(arguments.strict);
  STRATA_RETURN_IF_ERROR(SetLevels("error", arguments.errors, Level::kError, &levels));
  STRATA_RETURN_IF_ERROR(SetLevels("warn", arguments.warnings, Level::kWarning, &levels));
  STRATA_RETURN_IF_ERROR(SetLevels("ignore", arguments.ignored, Level::kIgnored, &levels));
  return levels;
}

absl::StatusOr<SignedZoneOptions> Signatures(const ZoneArguments& arguments) {
  SignedZoneOptions signatures;
  signatures.verify = arguments.verify_signatures;
  signatures.time = arguments.signature_time == "now" ? static_cast<uint32_t>(std::time(nullptr))
                                                      : dns::ParseTime(arguments.signature_time);
  if (!signatures.time) {
    return absl::InvalidArgumentError(absl::StrCat("--signature_time=", arguments.signature_time,
                                                   " is none of now, YYYYMMDDHHmmSS, seconds since 1970"));
  }
  const std::optional<uint32_t> within = dns::ParseTtl(arguments.expiring_within);
  if (!within) {
    return absl::InvalidArgumentError(
        absl::StrCat("--expiring_within=", arguments.expiring_within, " is no time span such as 3d or 12h"));
  }
  signatures.expiring_within = *within;
  return signatures;
}

// The options as the library takes them.
absl::StatusOr<CompileOptions> Options(const ZoneArguments& arguments) {
  CompileOptions options;
  if (arguments.format) {
    options.format = FormatFromText(*arguments.format);
    if (!options.format) {
      return absl::InvalidArgumentError(absl::StrCat("--format=", *arguments.format, " is none of bind, pyzone"));
    }
  }
  STRATA_ASSIGN_OR_RETURN(options.levels, Levels(arguments));
  STRATA_ASSIGN_OR_RETURN(options.signatures, Signatures(arguments));
  STRATA_ASSIGN_OR_RETURN(options.defines, ParseDefines(arguments.defines));
  if (arguments.origin) {
    const absl::StatusOr<dns::Name> origin = dns::Name::FromText(*arguments.origin);
    if (!origin.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--origin=", *arguments.origin, " is not a name: ", origin.status().message()));
    }
    options.origin = *origin;
  }
  options.include_roots = arguments.include_roots;
  if (options.include_roots.empty()) {
    const std::filesystem::path folder = std::filesystem::path(arguments.input).parent_path();
    options.include_roots.push_back(folder.empty() ? "." : folder.string());
  }
  return options;
}

// The octets of the snapshot that --previous names, verified.
absl::StatusOr<std::string> ReadPrevious(const std::string& path) {
  const auto failed = [&](const absl::Status& status) {
    return absl::InvalidArgumentError(absl::StrCat("--previous=", path, ": ", status.message()));
  };
  if (path == "-") return failed(absl::InvalidArgumentError("a snapshot's file is meant, not standard input"));
  absl::StatusOr<std::string> octets = ReadInput(path);
  if (!octets.ok()) return failed(octets.status());
  const absl::StatusOr<snapshot::SnapshotReader> reader = snapshot::SnapshotReader::Open(*octets);
  const absl::Status status = reader.ok() ? reader->Verify() : reader.status();
  return status.ok() ? std::move(octets) : failed(status);
}

absl::Status CheckSameZone(const ZoneArguments& arguments, absl::string_view previous, const CompileResult& result) {
  STRATA_ASSIGN_OR_RETURN(const snapshot::SnapshotReader reader, snapshot::SnapshotReader::Open(previous));
  const absl::string_view origin = reader.origin();
  if (dns::NamesEqual(origin, result.origin.wire())) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("--previous=", *arguments.previous, ": this is a snapshot of ",
                                                 dns::WireNameToText(origin), ", and ", InputName(arguments),
                                                 " is the zone ", result.origin.ToText()));
}

}  // namespace

std::string InputName(const ZoneArguments& arguments) { return arguments.input == "-" ? "<stdin>" : arguments.input; }

absl::Status CheckArguments(const ZoneArguments& arguments) { return Options(arguments).status(); }

absl::StatusOr<CompileResult> CompileInput(const ZoneArguments& arguments, std::string text, Progress* progress) {
  STRATA_ASSIGN_OR_RETURN(CompileOptions options, Options(arguments));
  const std::string name = InputName(arguments);
  if (!options.format) options.format = DetectFormat(name, text);
  if (arguments.input == "-" && !options.origin && options.format == Format::kBind) {
    return absl::InvalidArgumentError("standard input needs --origin=NAME");
  }
  if (!options.defines.empty() && options.format == Format::kBind) {
    return absl::InvalidArgumentError(absl::StrCat("--define=", arguments.defines[0], ": ", name,
                                                   " is a master file, which takes no values; pyzones do"));
  }
  options.progress = progress;
  options.drop_texts = true;
  if (arguments.parent_ds == "-" && arguments.input == "-") {
    return absl::InvalidArgumentError("--parent_ds=-: standard input is the zone already; name a file");
  }
  if (arguments.parent_ds) {
    absl::StatusOr<std::string> octets = ReadInput(*arguments.parent_ds);
    if (!octets.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--parent_ds=", *arguments.parent_ds, ": ", octets.status().message()));
    }
    options.parent_ds = {*arguments.parent_ds, *std::move(octets)};
  }
  if (!arguments.previous) return Compile(name, std::move(text), options);
  STRATA_ASSIGN_OR_RETURN(const std::string previous, ReadPrevious(*arguments.previous));
  options.previous = previous;
  CompileResult result = Compile(name, std::move(text), options);
  if (result.ok()) STRATA_RETURN_IF_ERROR(CheckSameZone(arguments, previous, result));
  return result;
}

}  // namespace strata::zonec
