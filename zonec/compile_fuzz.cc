// Any master file compiles or is refused; what a zone's snapshot is printed as compiles to the same snapshot.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "zonec/compile.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/dump.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace snapshot = strata::snapshot;
namespace zonec = strata::zonec;

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

// The files that there are to include.
class IncludeRoot {
 public:
  IncludeRoot() {
    std::string path = (std::filesystem::temp_directory_path() / "compile_fuzz.XXXXXX").string();
    Require(mkdtemp(path.data()) != nullptr);
    path_ = path;
    Write("a", "w A 192.0.2.1\n");
    Write("b", "$ORIGIN o\n$TTL 5\n@ TXT x\n$INCLUDE a p\n");
    Write("c", "$INCLUDE c\n$INCLUDE d\n$INCLUDE a\n");
    Write("d", "x A ( y\n$NONE\n$INCLUDE c\n");
  }
  ~IncludeRoot() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  void Write(const std::string& name, const std::string& text) { std::ofstream(path_ + "/" + name) << text; }

  std::string path_;
};

// A range beyond 999 makes a run take long and shows nothing new.
bool GeneratesMuch(const std::string& text) {
  const std::string lower = absl::AsciiStrToLower(text);
  for (size_t at = lower.find("$generate"); at != std::string::npos; at = lower.find("$generate", at + 1)) {
    const std::string range = lower.substr(at + 9, 100);
    size_t digits = 0;
    for (const char c : range) {
      digits = absl::ascii_isdigit(c) ? digits + 1 : 0;
      if (digits > 3) return true;
    }
  }
  return false;
}

void CheckDiagnostics(zonec::CompileResult* result) {
  for (const zonec::Diagnostic* diagnostic : result->diagnostics.Sorted(100)) {
    const auto [file, offset] = diagnostic->position;
    Require(offset == zonec::Position::kWholeFile || offset <= result->sources.text(file).size());
    Require(!diagnostic->message.empty());
  }
  const std::string text = zonec::DiagnosticsToText(result->diagnostics, &result->sources, 100);
  const std::string json = zonec::DiagnosticsToJson(result->diagnostics, &result->sources, 100);
  for (const std::string& printed : {text, json}) {
    Require(strata::base::FindInvalidUtf8(printed) == absl::string_view::npos);
    Require(printed.empty() == result->diagnostics.Sorted(1).empty());
    Require(std::none_of(printed.begin(), printed.end(),
                         [](char c) { return absl::ascii_iscntrl(c) && c != '\n' && c != '\t'; }));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const IncludeRoot root;
  std::string text(reinterpret_cast<const char*>(data), size);
  if (GeneratesMuch(text)) return 0;
  zonec::CompileOptions options;
  options.format = zonec::Format::kBind;
  options.include_roots = {root.path()};
  options.signatures = {.time = 1'800'000'000, .verify = true};
  zonec::CompileResult result = zonec::Compile("fuzz.zone", std::move(text), options);
  CheckDiagnostics(&result);
  if (!result.ok()) return 0;
  const auto snapshot = snapshot::SnapshotReader::Open(result.snapshot);
  Require(snapshot.ok() && snapshot->Verify().ok());
  std::string dump;
  zonec::DumpMasterFile(*snapshot, [&](absl::string_view piece) {
    absl::StrAppend(&dump, piece);
    return true;
  });
  std::string json;
  zonec::DumpJson(*snapshot, [&](absl::string_view piece) {
    absl::StrAppend(&json, piece);
    return true;
  });
  Require(strata::base::FindInvalidUtf8(json) == absl::string_view::npos);
  options.origin = result.origin;
  options.include_roots.clear();
  Require(zonec::Compile("dump", std::move(dump), options).snapshot == result.snapshot);
  return 0;
}
