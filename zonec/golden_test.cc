// Compiles every zone of testdata/ and compares what comes of it with the files beside it:
//
//   X.zone.errors     what the compiler says about X.zone or X.py; not there when it says nothing
//   X.zone.dump       the compiled zone, printed; not there when the zone has errors
//   X.zone.snap       the snapshot itself, octet by octet, for the zones in kKeptSnapshots
//   SHA256SUMS        of all snapshots
//
// After an intended change, `bazel run //zonec:golden_test -- --update` writes these files anew, for review.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/compile.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/dump.h"
#include "zonec/snapshot/checksum.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {
namespace {

namespace fs = std::filesystem;

bool update = false;

constexpr absl::string_view kKeptSnapshots[] = {"all_types.zone", "howto-zone.zone"};

// Messages call the zones by their names alone, so the tests run where these are: in the source tree when the golden
// files are to be written, otherwise in a copy, since the test's files are links, and no include leaves its folder.
void EnterFolder() {
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  const fs::path folder = (update && workspace != nullptr ? fs::path(workspace) : fs::path(".")) / "zonec/testdata";
  if (update) return fs::current_path(folder);
  const fs::path copy = fs::path(testing::TempDir()) / "golden";
  fs::create_directories(copy);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      fs::copy_file(entry.path(), copy / entry.path().filename(), fs::copy_options::overwrite_existing);
    }
  }
  fs::current_path(copy);
}

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Compares with the file, or writes it. Nothing to say is no file.
void ExpectGolden(const std::string& name, const std::string& content) {
  const fs::path path = name;
  if (!update) {
    EXPECT_TRUE(content == Read(path)) << name << " differs; it is now:\n" << content;
  } else if (content.empty()) {
    fs::remove(path);
  } else {
    std::ofstream(path, std::ios::binary) << content;
  }
}

// All zones, by name.
std::map<std::string, CompileResult> CompileAll() {
  std::map<std::string, CompileResult> results;
  for (const fs::directory_entry& entry : fs::directory_iterator(".")) {
    if (entry.path().extension() != ".zone" && entry.path().extension() != ".py") continue;
    const std::string name = entry.path().filename().string();
    CompileOptions options;
    options.include_roots = {"."};
    results[name] = Compile(name, Read(entry.path()), options);
  }
  return results;
}

std::string Dump(const CompileResult& result) {
  std::string dump;
  DumpMasterFile(*snapshot::SnapshotReader::Open(result.snapshot), [&](absl::string_view piece) {
    absl::StrAppend(&dump, piece);
    return true;
  });
  return dump;
}

TEST(Golden, ZonesCompileAsBefore) {
  std::map<std::string, CompileResult> results = CompileAll();
  ASSERT_GE(results.size(), 10u);
  std::string sums;
  for (auto& [name, result] : results) {
    ExpectGolden(name + ".errors", DiagnosticsToText(result.diagnostics, &result.sources, 100));
    ExpectGolden(name + ".dump", result.ok() ? Dump(result) : "");
    if (!result.ok()) continue;
    snapshot::Sha256 hash;
    hash.Add(result.snapshot);
    absl::StrAppend(&sums, absl::BytesToHexString(hash.Digest()), "  ", name, ".snap\n");
  }
  ExpectGolden("SHA256SUMS", sums);
  for (const absl::string_view name : kKeptSnapshots) {
    ExpectGolden(absl::StrCat(name, ".snap"), results[std::string(name)].snapshot);
  }
}

TEST(Golden, TheHowtosZoneIsTheSameInBothLanguages) {
  std::map<std::string, CompileResult> results = CompileAll();
  ASSERT_FALSE(results["howto-zone.py"].snapshot.empty());
  EXPECT_TRUE(results["howto-zone.py"].snapshot == results["howto-zone.zone"].snapshot);
}

TEST(Golden, BadZonesHaveErrorsAndOthersHaveNone) {
  for (const auto& [name, result] : CompileAll()) EXPECT_EQ(result.ok(), name.rfind("bad_", 0) != 0) << name;
}

TEST(Golden, TheDumpCompilesToTheSameSnapshot) {
  for (const auto& [name, result] : CompileAll()) {
    if (!result.ok()) continue;
    CompileOptions options;
    options.origin = result.origin;
    const CompileResult again = Compile("dump", Dump(result), options);
    EXPECT_TRUE(again.snapshot == result.snapshot) << name;
    EXPECT_TRUE(snapshot::SnapshotReader::Open(result.snapshot)->Verify().ok()) << name;
  }
}

TEST(Golden, TheOrderOfTheLinesMakesNoDifference) {
  for (const auto& [name, result] : CompileAll()) {
    if (!result.ok()) continue;
    const std::string dump = Dump(result);
    std::vector<std::string> lines;
    for (size_t at = 0; at < dump.size();) {
      const size_t end = dump.find('\n', at) + 1;
      lines.push_back(dump.substr(at, end - at));
      at = end;
    }
    std::reverse(lines.begin(), lines.end());
    CompileOptions options;
    options.origin = result.origin;
    std::string reversed;
    for (const std::string& line : lines) reversed += line;
    EXPECT_TRUE(Compile("reversed", reversed, options).snapshot == result.snapshot) << name;
  }
}

}  // namespace
}  // namespace strata::zonec

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  strata::zonec::update = argc > 1 && std::string(argv[1]) == "--update";
  strata::zonec::EnterFolder();
  return RUN_ALL_TESTS();
}
