// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/spf_syntax.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "zonec/checks/spf_domain.h"
#include "zonec/checks/tag_list.h"

namespace strata::zonec {
namespace {

constexpr absl::string_view kVersion = "v=spf1";

enum class Argument { kNone, kDomain, kOptionalDomain, kIpv4, kIpv6 };

struct Mechanism {
  absl::string_view name;
  Argument argument;
  bool has_cidr;
  bool looks_up;
};

// RFC 7208 §5.
constexpr Mechanism kMechanisms[] = {
    {"all", Argument::kNone, false, false},          {"include", Argument::kDomain, false, true},
    {"a", Argument::kOptionalDomain, true, true},    {"mx", Argument::kOptionalDomain, true, true},
    {"ptr", Argument::kOptionalDomain, false, true}, {"ip4", Argument::kIpv4, false, false},
    {"ip6", Argument::kIpv6, false, false},          {"exists", Argument::kDomain, false, true},
};

bool IsPrefixLength(absl::string_view text, int most) {
  int length = 0;
  const bool zero_in_front = text.size() > 1 && text[0] == '0';
  return !text.empty() && !zero_in_front && absl::ascii_isdigit(static_cast<unsigned char>(text[0])) &&
         absl::SimpleAtoi(text, &length) && length <= most;
}

// "192.0.2.0/24", "2001:db8::/32".
bool IsNetwork(absl::string_view text, int family) {
  const size_t slash = text.find('/');
  if (slash != absl::string_view::npos && !IsPrefixLength(text.substr(slash + 1), family == AF_INET ? 32 : 128)) {
    return false;
  }
  uint8_t address[16];
  return inet_pton(family, std::string(text.substr(0, slash)).c_str(), address) == 1;
}

// Takes "/24", "//64" or "/24//64" off the end. False when it is something else.
bool TakeDualCidr(absl::string_view* text) {
  const size_t macro_end = text->rfind('}');
  const size_t slash = text->find('/', macro_end == absl::string_view::npos ? 0 : macro_end);
  if (slash == absl::string_view::npos) return true;
  absl::string_view cidr = text->substr(slash);
  *text = text->substr(0, slash);
  const size_t both = cidr.find("//");
  if (both != absl::string_view::npos) {
    if (!IsPrefixLength(cidr.substr(both + 2), 128)) return false;
    cidr = cidr.substr(0, both);
  }
  return cidr.empty() || IsPrefixLength(cidr.substr(1), 32);
}

bool TakesArgument(const Mechanism& mechanism, absl::string_view argument) {
  if (mechanism.has_cidr && !TakeDualCidr(&argument)) return false;
  const bool given = !argument.empty() && argument[0] == ':';
  if (!given && !argument.empty()) return false;
  if (given) argument.remove_prefix(1);
  switch (mechanism.argument) {
    case Argument::kNone:
      return !given;
    case Argument::kDomain:
      return given && IsDomainSpec(argument);
    case Argument::kOptionalDomain:
      return !given || IsDomainSpec(argument);
    case Argument::kIpv4:
      return given && IsNetwork(argument, AF_INET);
    case Argument::kIpv6:
      return given && IsNetwork(argument, AF_INET6);
  }
  return false;
}

// Where the name of a term ends: at a : or / of a mechanism, or the = of a modifier.
size_t NameSize(absl::string_view term) { return std::min(term.find_first_of(":/="), term.size()); }

bool IsModifierName(absl::string_view name) {
  const auto fits = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
  };
  return !name.empty() && absl::ascii_isalpha(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), fits);
}

// Reads the terms of one record.
class SpfParser {
 public:
  absl::Status Read(absl::string_view term) {
    const size_t size = NameSize(term);
    return size < term.size() && term[size] == '=' ? ReadModifier(term, size) : ReadDirective(term);
  }
  SpfTerms Finish() {
    if (has_all_ && has_redirect_ && terms_.doubt.empty()) terms_.doubt = "the redirect= is ignored because of the all";
    return std::move(terms_);
  }

 private:
  absl::Status ReadModifier(absl::string_view term, size_t size) {
    const absl::string_view name = term.substr(0, size), value = term.substr(size + 1);
    const bool redirect = absl::EqualsIgnoreCase(name, "redirect");
    if (redirect || absl::EqualsIgnoreCase(name, "exp")) {
      bool& seen = redirect ? has_redirect_ : has_exp_;
      if (seen) return absl::InvalidArgumentError(absl::StrCat("a second ", name, "= (RFC 7208 §6)"));
      seen = true;
      terms_.lookups += redirect;
      if (IsDomainSpec(value)) return absl::OkStatus();
      return absl::InvalidArgumentError(absl::StrCat(Quoted(term), ": behind the = stands a domain"));
    }
    // "ip4=192.0.2.1" is a modifier that nobody knows, and so is ignored.
    for (const Mechanism& mechanism : kMechanisms) {
      if (!absl::EqualsIgnoreCase(name, mechanism.name)) continue;
      return absl::InvalidArgumentError(absl::StrCat(Quoted(term), ": behind ", mechanism.name, " stands a colon"));
    }
    if (IsModifierName(name) && IsMacroString(value)) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(Quoted(term), " is no term"));
  }

  absl::Status ReadDirective(absl::string_view term) {
    if (has_all_ && terms_.doubt.empty()) {
      terms_.doubt = absl::StrCat(Quoted(term), " stands behind all, where nobody looks");
    }
    absl::string_view rest = term;
    const bool qualified = absl::string_view("+-?~").find(rest[0]) != absl::string_view::npos;
    if (qualified) rest.remove_prefix(1);
    const size_t size = NameSize(rest);
    for (const Mechanism& mechanism : kMechanisms) {
      if (!absl::EqualsIgnoreCase(rest.substr(0, size), mechanism.name)) continue;
      if (!TakesArgument(mechanism, rest.substr(size))) {
        return absl::InvalidArgumentError(absl::StrCat(Quoted(term), ": ", Expectation(mechanism)));
      }
      terms_.lookups += mechanism.looks_up;
      NoteColon(mechanism, term, rest.substr(size));
      if (mechanism.name == "all") ReadAll(term);
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(absl::StrCat(Quoted(term), " is no term: there is no such mechanism"));
  }

  // Strings of a record are joined with nothing between them, which makes two terms one.
  void NoteColon(const Mechanism& mechanism, absl::string_view term, absl::string_view argument) {
    const bool has_domain = mechanism.argument == Argument::kDomain || mechanism.argument == Argument::kOptionalDomain;
    if (!has_domain || !terms_.doubt.empty() || std::count(argument.begin(), argument.end(), ':') < 2) return;
    terms_.doubt = absl::StrCat("in ", Quoted(term), " stands a second colon; is a blank missing before it?");
  }

  void ReadAll(absl::string_view term) {
    has_all_ = true;
    const bool passes = term[0] == '+' || term.size() == 3;
    if (passes && terms_.doubt.empty()) {
      terms_.doubt = absl::StrCat(Quoted(term), " lets everybody send mail in the domain's name");
    }
  }

  static absl::string_view Expectation(const Mechanism& mechanism) {
    switch (mechanism.argument) {
      case Argument::kNone:
        return "nothing stands behind it";
      case Argument::kDomain:
        return "behind it stand a colon and a domain";
      case Argument::kOptionalDomain:
        return mechanism.has_cidr ? "behind it stand nothing, a colon and a domain, or /24, //64"
                                  : "behind it stand nothing, or a colon and a domain";
      case Argument::kIpv4:
        return "behind it stand a colon and an IPv4 address or network";
      case Argument::kIpv6:
        return "behind it stand a colon and an IPv6 address or network";
    }
    return "";
  }

  SpfTerms terms_;
  bool has_all_ = false, has_redirect_ = false, has_exp_ = false;
};

}  // namespace

bool IsSpf(absl::string_view text) {
  return absl::StartsWithIgnoreCase(text, kVersion) && (text.size() == kVersion.size() || text[kVersion.size()] == ' ');
}

absl::StatusOr<SpfTerms> ParseSpf(absl::string_view text) {
  SpfParser parser;
  for (const absl::string_view term : absl::StrSplit(text.substr(kVersion.size()), ' ', absl::SkipEmpty())) {
    const absl::Status status = parser.Read(term);
    if (!status.ok()) return status;
  }
  return parser.Finish();
}

}  // namespace strata::zonec
