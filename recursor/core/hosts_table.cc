// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/hosts_table.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dns/name.h"
#include "recursor/core/reverse_name.h"

namespace strata::recursor {
namespace {

// RDATA of A or AAAA.
std::optional<std::string> AddressFromText(absl::string_view text) {
  const std::string terminated(text);
  char octets[sizeof(in6_addr)];
  if (inet_pton(AF_INET, terminated.c_str(), octets) == 1) return std::string(octets, sizeof(in_addr));
  if (inet_pton(AF_INET6, terminated.c_str(), octets) == 1) return std::string(octets, sizeof(in6_addr));
  return std::nullopt;
}

// Wire form, lower case. A host's name has none of what is special in zone files.
std::optional<std::string> NameFromText(absl::string_view text) {
  if (text.find_first_of("\\@\"();$") != absl::string_view::npos || text == ".") return std::nullopt;
  const absl::StatusOr<dns::Name> name = dns::Name::FromText(text);
  if (!name.ok()) return std::nullopt;
  return std::string(name->Lowercased().wire());
}

void AddOnce(std::string address, absl::InlinedVector<std::string, 1>* addresses) {
  if (std::find(addresses->begin(), addresses->end(), address) == addresses->end()) {
    addresses->push_back(std::move(address));
  }
}

}  // namespace

HostsTable HostsTable::FromText(absl::string_view text, LineProblems* problems) {
  HostsTable table;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = line.substr(0, line.find('#'));
    std::string problem = table.AddLine(line);
    if (!problem.empty()) problems->Add(number, std::move(problem));
  }
  return table;
}

std::string HostsTable::AddLine(absl::string_view line) {
  std::vector<absl::string_view> words = absl::StrSplit(line, absl::ByAnyChar(" \t\r\f\v"), absl::SkipEmpty());
  if (words.empty()) return "";
  const std::optional<std::string> address = AddressFromText(words[0]);
  if (!address) return absl::StrCat(QuotedWord(words[0]), " is not an IP address");
  if (words.size() == 1) return "no name behind the address";
  std::string problem;
  bool first = true;
  for (size_t i = 1; i < words.size(); ++i) {
    std::optional<std::string> name = NameFromText(words[i]);
    if (!name) {
      problem = absl::StrCat(QuotedWord(words[i]), " is not a host's name");
      continue;
    }
    if (first) names_.try_emplace(ReverseName(*address), *name);
    first = false;
    Addresses& addresses = addresses_[*std::move(name)];
    AddOnce(*address, address->size() == sizeof(in_addr) ? &addresses.v4 : &addresses.v6);
  }
  return problem;
}

const HostsTable::Addresses* HostsTable::FindAddresses(absl::string_view name) const {
  const auto found = addresses_.find(name);
  return found == addresses_.end() ? nullptr : &found->second;
}

absl::string_view HostsTable::FindName(absl::string_view reverse_name) const {
  const auto found = names_.find(reverse_name);
  return found == names_.end() ? absl::string_view() : absl::string_view(found->second);
}

}  // namespace strata::recursor
