// Checks the bytes, then has yaml-cpp parse them.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/yaml_document.h"

#include <algorithm>
#include <exception>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "yaml-cpp/eventhandler.h"

namespace strata::base {
namespace {

// Remembers where the latest document begins.
class DocumentStart : public YAML::EventHandler {
 public:
  const YAML::Mark& mark() const { return mark_; }

  void OnDocumentStart(const YAML::Mark& mark) override { mark_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {}
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {}
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {}
  void OnMapEnd() override {}

 private:
  YAML::Mark mark_;
};

absl::Status ErrorAtByte(absl::string_view file_name, absl::string_view text, size_t offset, absl::string_view what) {
  const absl::string_view before = text.substr(0, offset);
  const size_t line_start = before.rfind('\n') == absl::string_view::npos ? 0 : before.rfind('\n') + 1;
  return absl::InvalidArgumentError(absl::StrCat(file_name, ":", std::count(before.begin(), before.end(), '\n') + 1,
                                                 ":", before.size() - line_start + 1, ": ", what));
}

// yaml-cpp would take a NUL for a sign of UTF-16 or UTF-32, and YAML allows no other control bytes but these.
absl::Status CheckBytes(absl::string_view text, absl::string_view file_name) {
  if (const size_t bad = FindInvalidUtf8(text); bad != absl::string_view::npos) {
    return ErrorAtByte(file_name, text, bad, "not UTF-8; save the file in that encoding");
  }
  const auto control = std::find_if(
      text.begin(), text.end(), [](char c) { return absl::ascii_iscntrl(c) && c != '\n' && c != '\r' && c != '\t'; });
  if (control == text.end()) return absl::OkStatus();
  return ErrorAtByte(file_name, text, control - text.begin(),
                     absl::StrCat("a control byte (0x", absl::Hex(*control, absl::kZeroPad2), "); remove it"));
}

// YAML::Load ignores what follows the first document, and YAML::LoadAll never returns for some inputs that it
// cannot advance over (",x").
absl::Status CheckNothingFollows(const std::string& text, absl::string_view file_name) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  DocumentStart document;
  if (!parser.HandleNextDocument(document) || !parser.HandleNextDocument(document)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(file_name, ":", document.mark().line + 1, ":", document.mark().column + 1,
                   ": the document ends here; remove the second one, or a stray comma or bracket"));
}

}  // namespace

absl::Status NotYaml(absl::string_view file_name, int line, int column, const std::string& what) {
  // yaml-cpp quotes single bytes of the text.
  return absl::InvalidArgumentError(
      absl::StrCat(file_name, ":", line, ":", column, ": not valid YAML: ", EscapedText(what)));
}

absl::StatusOr<YAML::Node> ParseYamlDocument(absl::string_view text, absl::string_view file_name) {
  STRATA_RETURN_IF_ERROR(CheckBytes(text, file_name));
  const std::string copy(text);
  try {
    STRATA_RETURN_IF_ERROR(CheckNothingFollows(copy, file_name));
    return YAML::Load(copy);
  } catch (const YAML::Exception& error) {
    // A mark that is not set has -1.
    return NotYaml(file_name, std::max(error.mark.line, 0) + 1, std::max(error.mark.column, 0) + 1, error.msg);
  } catch (const std::exception& error) {
    return NotYaml(file_name, 1, 1, error.what());
  }
}

}  // namespace strata::base
