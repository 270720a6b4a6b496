// SPDX-License-Identifier: Apache-2.0
#include "zonec/compile.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dns/rr_type.h"
#include "zonec/bind/parser.h"
#include "zonec/checks/check_zone.h"
#include "zonec/checks/serial.h"
#include "zonec/include_files.h"
#include "zonec/parsed_zone.h"
#include "zonec/pyzone/pyzone.h"
#include "zonec/snapshot/snapshot_builder.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {
namespace {

// Errors that concern the file as a whole.
void Fail(FileId file, absl::string_view check, absl::string_view message, CompileResult* result) {
  result->diagnostics.Error({file}, check, std::string(message));
}

// Adds the text to the sources, or reports why that cannot be.
FileId AddText(std::string name, std::string text, CompileResult* result) {
  const absl::StatusOr<FileId> file = result->sources.Add(name, std::move(text));
  if (file.ok()) return *file;
  const FileId empty = *result->sources.Add(std::move(name), "");
  Fail(empty, "input", file.status().message(), result);
  return empty;
}

// nullopt: the file's name is of no use as the origin that it needs, which is reported.
std::optional<ParsedZone> ReadMasterFile(FileId file, const CompileOptions& options, Progress* progress,
                                         CompileResult* result) {
  const absl::StatusOr<dns::Name> origin =
      options.origin ? *options.origin : OriginFromFileName(result->sources.name(file));
  if (!origin.ok()) {
    Fail(file, "input",
         absl::StrCat("the file's name is no zone's name (", origin.status().message(),
                      "); give the zone's by --origin"),
         result);
    return std::nullopt;
  }
  IncludeFiles includes(options.include_roots);
  return ParseMasterFile({&result->sources, file, *origin, &includes, progress}, &result->diagnostics);
}

ParsedZone ReadPyzone(FileId file, const CompileOptions& options, CompileResult* result) {
  IncludeFiles includes(options.include_roots);
  ParsedZone parsed = ParsePyzone({.sources = &result->sources,
                                   .file = file,
                                   .includes = &includes,
                                   .defines = &options.defines,
                                   .warn_of_unused_defines = !options.defines_are_shared},
                                  &result->diagnostics);
  if (options.origin) parsed.zone.set_origin(*options.origin);
  return parsed;
}

// The DS records of the file; what else it has is no concern of the zone's.
std::vector<ParentDs> ReadParentDs(const std::pair<std::string, std::string>& input, CompileResult* result) {
  const FileId file = AddText(input.first, input.second, result);
  IncludeFiles nothing;
  const ParsedZone parsed = ParseMasterFile(
      {.sources = &result->sources, .file = file, .origin = dns::Name(), .includes = &nothing, .default_ttl = 0},
      &result->diagnostics);
  std::vector<ParentDs> found;
  const snapshot::Zone& zone = parsed.zone;
  for (size_t i = 0; i < zone.records().size(); ++i) {
    const snapshot::ZoneRecord& record = zone.records()[i];
    if (record.type != dns::rr_type::kDS) continue;
    found.push_back({parsed.positions[i], std::string(zone.owner(record)), std::string(record.rdata())});
  }
  return found;
}

void Build(snapshot::ZoneTree tree, FileId file, CompileResult* result) {
  result->origin = tree.zone().origin();
  result->rrset_count = tree.rrsets().size();
  result->name_count = tree.nodes().size();
  absl::StatusOr<std::string> octets = snapshot::BuildSnapshot(std::move(tree));
  if (!octets.ok()) return Fail(file, "snapshot", octets.status().message(), result);
  const absl::StatusOr<snapshot::SnapshotReader> reader = snapshot::SnapshotReader::Open(*octets);
  if (!reader.ok()) return Fail(file, "snapshot", reader.status().message(), result);
  result->serial = reader->serial();
  result->record_count = reader->record_count();
  result->snapshot = *std::move(octets);
}

// The snapshot is dropped when its serial is an error.
void CompareWithPrevious(absl::string_view previous, Position soa, CompileResult* result) {
  const absl::StatusOr<snapshot::SnapshotReader> before = snapshot::SnapshotReader::Open(previous);
  const absl::StatusOr<snapshot::SnapshotReader> now = snapshot::SnapshotReader::Open(result->snapshot);
  if (!before.ok() || !now.ok() || before->origin() != now->origin()) return;
  CheckSerial(*before, *now, soa, &result->diagnostics);
  if (!result->ok()) result->snapshot.clear();
}

}  // namespace

absl::StatusOr<dns::Name> OriginFromFileName(absl::string_view name) {
  name = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
  if (!absl::ConsumePrefix(&name, "db.") && !absl::ConsumeSuffix(&name, ".zone")) absl::ConsumeSuffix(&name, ".db");
  return dns::Name::FromText(name);
}

CompileResult Compile(std::string name, std::string text, const CompileOptions& options) {
  CompileResult result;
  result.diagnostics = Diagnostics(options.levels);
  const Format format = options.format ? *options.format : DetectFormat(name, text);
  const FileId file = AddText(std::move(name), std::move(text), &result);
  if (!result.ok()) return result;
  NoProgress nobody;
  Progress* const progress = options.progress != nullptr ? options.progress : &nobody;
  progress->Begin(Phase::kParse);
  std::optional<ParsedZone> parsed =
      format == Format::kPyzone ? ReadPyzone(file, options, &result) : ReadMasterFile(file, options, progress, &result);
  if (!parsed) return result;
  SignedZoneOptions signatures = options.signatures;
  if (options.parent_ds) signatures.parent_ds = ReadParentDs(*options.parent_ds, &result);
  const ApexOptions apex = {.origin_given = options.origin.has_value(),
                            .incomplete = !result.ok(),
                            .file = file,
                            .progress = progress,
                            .signatures = std::move(signatures)};
  std::optional<snapshot::ZoneTree> tree = CheckZone(apex, &*parsed, &result.diagnostics);
  if (!tree || !result.ok()) return result;
  const uint32_t soa = tree->FindRRset(0, dns::rr_type::kSOA)->records[0];
  const Position soa_position = parsed->positions[tree->PlaceInZone(soa)];
  // From here on nothing is said of other places, and a large zone's snapshot needs the memory.
  parsed->positions = {};
  parsed->zone.DropNameIndex();
  tree->DropPlaces();
  if (options.drop_texts && result.diagnostics.warning_count() == 0 && options.previous.empty())
    result.sources.DropTexts();
  progress->Begin(Phase::kBuild);
  Build(*std::move(tree), file, &result);
  if (result.ok() && !options.previous.empty()) CompareWithPrevious(options.previous, soa_position, &result);
  return result;
}

}  // namespace strata::zonec
