// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/tag_list.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace strata::zonec {
namespace {

// RFC 6376 §3.2: ALPHA *ALNUMPUNC.
bool IsTagName(absl::string_view name) {
  const auto fits = [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  return !name.empty() && absl::ascii_isalpha(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), fits);
}

}  // namespace

absl::StatusOr<std::vector<Tag>> ParseTagList(absl::string_view text) {
  std::vector<Tag> tags;
  absl::flat_hash_set<absl::string_view> names;
  while (!text.empty()) {
    const size_t end = std::min(text.find(';'), text.size());
    const absl::string_view entry = absl::StripAsciiWhitespace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (entry.empty() && text.empty()) break;
    const size_t equals = entry.find('=');
    if (equals == absl::string_view::npos) {
      return absl::InvalidArgumentError(entry.empty() ? "a semicolon with no tag before it"
                                                      : absl::StrCat(Quoted(entry), " is no tag: a = is missing"));
    }
    const Tag tag = {absl::StripAsciiWhitespace(entry.substr(0, equals)),
                     absl::StripAsciiWhitespace(entry.substr(equals + 1))};
    if (!IsTagName(tag.name)) return absl::InvalidArgumentError(absl::StrCat(Quoted(tag.name), " is no name of a tag"));
    if (!names.insert(tag.name).second) {
      return absl::InvalidArgumentError(absl::StrCat("the tag ", tag.name, "= stands there twice"));
    }
    tags.push_back(tag);
  }
  return tags;
}

const Tag* FindTag(const std::vector<Tag>& tags, absl::string_view name) {
  const auto found = std::find_if(tags.begin(), tags.end(), [&](const Tag& tag) { return tag.name == name; });
  return found == tags.end() ? nullptr : &*found;
}

std::string Quoted(absl::string_view text) {
  constexpr size_t kMost = 60;
  return absl::StrCat("\"", text.substr(0, kMost), text.size() > kMost ? "..." : "", "\"");
}

}  // namespace strata::zonec
