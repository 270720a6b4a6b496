// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/resolv_conf.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/socket_address.h"

namespace strata::recursor {
namespace {

constexpr uint16_t kDnsPort = 53;
// glibc's MAXNS, RES_MAXRETRANS and RES_MAXRETRY.
constexpr size_t kMaxServers = 3;
constexpr int kMaxTimeoutSeconds = 30;
constexpr int kMaxAttempts = 5;

constexpr std::array<absl::string_view, 4> kKeywordsWithoutMeaning = {"domain", "search", "sortlist", "lookup"};
// Those that have a value are without it here.
constexpr std::array<absl::string_view, 11> kOptionsWithoutMeaning = {
    "ndots", "debug",     "edns0",    "single-request", "single-request-reopen", "no-tld-query", "no-check-names",
    "inet6", "no-reload", "trust-ad", "no-aaaa"};

template <size_t kSize>
bool Contains(const std::array<absl::string_view, kSize>& words, absl::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// An interface's name or number (RFC 4007 §11.2).
std::optional<uint32_t> ScopeFromText(const std::string& text) {
  const unsigned index = if_nametoindex(text.c_str());
  if (index != 0) return index;
  uint32_t number = 0;
  if (absl::SimpleAtoi(text, &number)) return number;
  return std::nullopt;
}

std::optional<base::SocketAddress> ServerFromText(absl::string_view text) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(kDnsPort);
  // inet_aton, as glibc: 10.1 is 10.0.0.1 there, too.
  if (inet_aton(std::string(text).c_str(), &v4.sin_addr) == 1) {
    return base::SocketAddress::FromSockaddr(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(kDnsPort);
  const size_t percent = text.find('%');
  if (inet_pton(AF_INET6, std::string(text.substr(0, percent)).c_str(), &v6.sin6_addr) != 1) return std::nullopt;
  if (percent != absl::string_view::npos) {
    const std::optional<uint32_t> scope = ScopeFromText(std::string(text.substr(percent + 1)));
    if (!scope) return std::nullopt;
    v6.sin6_scope_id = *scope;
  }
  return base::SocketAddress::FromSockaddr(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
}

// What is wrong, or empty. So are the others below.
std::string AddServer(absl::string_view text, ForwardSettings* settings) {
  const std::optional<base::SocketAddress> server = ServerFromText(text);
  if (!server) return absl::StrCat(QuotedWord(text), " is not an IP address");
  if (settings->servers.size() == kMaxServers)
    return absl::StrCat("only the first ", kMaxServers, " nameservers count");
  if (std::find(settings->servers.begin(), settings->servers.end(), *server) == settings->servers.end()) {
    settings->servers.push_back(*server);
  }
  return "";
}

std::string ReadNumber(absl::string_view option, absl::string_view text, int max, int* number) {
  int value = 0;
  if (!absl::SimpleAtoi(text, &value) || value < 1) {
    return absl::StrCat("option ", option, " needs a number from 1 on, not ", QuotedWord(text));
  }
  *number = std::min(value, max);
  return "";
}

std::string AddOption(absl::string_view option, ForwardSettings* settings) {
  absl::string_view value = option;
  if (absl::ConsumePrefix(&value, "timeout:")) {
    int seconds = static_cast<int>(absl::ToInt64Seconds(settings->timeout));
    std::string problem = ReadNumber("timeout", value, kMaxTimeoutSeconds, &seconds);
    settings->timeout = absl::Seconds(seconds);
    return problem;
  }
  if (absl::ConsumePrefix(&value, "attempts:")) {
    return ReadNumber("attempts", value, kMaxAttempts, &settings->attempts);
  }
  if (option == "rotate") {
    settings->rotate = true;
  } else if (option == "use-vc") {
    settings->use_tcp = true;
  } else if (!Contains(kOptionsWithoutMeaning, option.substr(0, option.find(':')))) {
    return absl::StrCat("unknown option ", QuotedWord(option));
  }
  return "";
}

// Empty lines and comments were taken out.
std::string AddLine(absl::string_view line, ForwardSettings* settings) {
  const std::vector<absl::string_view> words = absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (line[0] == ' ' || line[0] == '\t') return "a keyword stands at the beginning of its line";
  if (words[0] == "nameserver") {
    if (words.size() < 2) return "no address behind nameserver";
    return AddServer(words[1].substr(0, words[1].find_first_of("#;")), settings);
  }
  if (words[0] == "options") {
    std::string problem;
    for (size_t i = 1; i < words.size(); ++i) {
      std::string of_option = AddOption(words[i], settings);
      if (problem.empty()) problem = std::move(of_option);
    }
    return problem;
  }
  if (Contains(kKeywordsWithoutMeaning, words[0])) return "";
  return absl::StrCat("unknown keyword ", QuotedWord(words[0]));
}

}  // namespace

ForwardSettings ParseResolvConf(absl::string_view text, LineProblems* problems) {
  ForwardSettings settings;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (line.find_first_not_of(" \t\r") == absl::string_view::npos || line[0] == '#' || line[0] == ';') continue;
    absl::ConsumeSuffix(&line, "\r");
    std::string problem = AddLine(line, &settings);
    if (!problem.empty()) problems->Add(number, std::move(problem));
  }
  if (settings.servers.empty()) {
    settings.servers.push_back(*base::SocketAddress::FromText("127.0.0.1", {.host = "", .port = kDnsPort}));
  }
  return settings;
}

}  // namespace strata::recursor
