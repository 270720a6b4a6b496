// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/answer_sets.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dns/name.h"
#include "dns/record.h"

namespace strata::tests {
namespace {

void AppendSection(absl::string_view title, const std::vector<dns::Record>& records, std::string* text) {
  std::multiset<std::string> lines;
  for (const dns::Record& record : records) {
    dns::Record lower = record;
    lower.owner = record.owner.Lowercased();
    lines.insert(dns::RecordToText(lower));
  }
  absl::StrAppend(text, title, "\n");
  for (const std::string& line : lines) absl::StrAppend(text, "  ", line, "\n");
}

}  // namespace

std::string AnswerSets(const dns::Message& message) {
  std::string text = absl::StrCat(dns::RcodeToText(message.rcode), message.authoritative ? " aa" : "",
                                  message.truncated ? " tc" : "", "\n");
  AppendSection("answer", message.answer, &text);
  if (message.answer.empty()) AppendSection("authority", message.authority, &text);
  return text;
}

std::vector<std::string> NamesToAsk(absl::string_view dump) {
  std::set<std::string> names;
  std::string apex;
  for (absl::string_view line : absl::StrSplit(dump, '\n', absl::SkipEmpty())) {
    if (line[0] == ';' || line[0] == '$') continue;
    const std::string owner(line.substr(0, line.find_first_of("\t ")));
    if (apex.empty()) apex = owner;  // The SOA comes first.
    absl::StatusOr<dns::Name> name = dns::Name::FromText(owner);
    while (name.ok() && name->ToText() != apex && !name->IsRoot()) {
      names.insert(name->ToText());
      *name = name->Parent();
    }
  }
  names.insert(apex);
  std::vector<std::string> all(names.begin(), names.end());
  for (const std::string& name : names) {
    all.push_back("below." + name);
    all.push_back("a.b." + name);
    all.push_back(name == apex ? "outside." : "zz" + name);
  }
  return all;
}

std::vector<uint16_t> TypesToAsk() {
  std::vector<uint16_t> types;
  for (uint16_t type = 1; type <= 66; ++type) {
    if (type != dns::rr_type::kOPT) types.push_back(type);
  }
  for (const uint16_t type : {99, 104, 105, 106, 107, 108, 109, 256, 257, 258, 300, 32768, 65280, 65534}) {
    types.push_back(type);
  }
  return types;
}

}  // namespace strata::tests
