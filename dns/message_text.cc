// SPDX-License-Identifier: Apache-2.0
#include "dns/message_text.h"

#include <iterator>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "dns/big_endian.h"
#include "dns/edns.h"
#include "dns/rr_type.h"

namespace strata::dns {
namespace {

// IANA "Extended DNS Error Codes", by number.
constexpr const char* kExtendedErrors[] = {
    "Other",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDomain Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
    "Signature Expired before Valid",
    "Too Early",
    "Unsupported NSEC3 Iterations Value",
    "Unable to conform to policy",
    "Synthesized",
};

void AppendHeader(const Message& message, std::string* out) {
  absl::StrAppend(out, ";; ->>HEADER<<- opcode: ", OpcodeToText(message.opcode),
                  ", status: ", RcodeToText(message.rcode), ", id: ", message.id, "\n;; flags:");
  const struct {
    bool set;
    const char* name;
  } flags[] = {
      {message.response, " qr"},          {message.authoritative, " aa"},       {message.truncated, " tc"},
      {message.recursion_desired, " rd"}, {message.recursion_available, " ra"}, {message.authentic_data, " ad"},
      {message.checking_disabled, " cd"},
  };
  for (const auto& flag : flags) {
    if (flag.set) *out += flag.name;
  }
  absl::StrAppend(out, "; QUERY: ", message.questions.size(), ", ANSWER: ", message.answer.size(),
                  ", AUTHORITY: ", message.authority.size(),
                  ", ADDITIONAL: ", message.additional.size() + (message.edns ? 1 : 0), "\n");
}

void AppendOption(const EdnsOption& option, std::string* out) {
  if (option.code == edns_option::kExtendedError && option.value.size() >= 2) {
    const uint16_t code = ReadU16(option.value);
    absl::StrAppend(out, "; EDE: ", code);
    if (code < std::size(kExtendedErrors)) absl::StrAppend(out, " (", kExtendedErrors[code], ")");
    if (option.value.size() > 2) {
      absl::StrAppend(out, ": (", absl::CHexEscape(absl::string_view(option.value).substr(2)), ")");
    }
  } else if (option.code == edns_option::kNsid) {
    absl::StrAppend(out, "; NSID: ", absl::BytesToHexString(option.value), " (\"", absl::CHexEscape(option.value),
                    "\")");
  } else if (option.code == edns_option::kCookie) {
    absl::StrAppend(out, "; COOKIE: ", absl::BytesToHexString(option.value));
  } else {
    absl::StrAppend(out, "; OPT=", option.code, ": ", absl::BytesToHexString(option.value));
  }
  out->push_back('\n');
}

void AppendEdns(const MessageEdns& edns, std::string* out) {
  absl::StrAppend(out, "\n;; OPT PSEUDOSECTION:\n; EDNS: version: ", edns.version,
                  ", flags:", edns.dnssec_ok ? " do" : "", "; udp: ", edns.udp_payload_size, "\n");
  for (const EdnsOption& option : edns.options) AppendOption(option, out);
}

void AppendSection(absl::string_view title, const std::vector<Record>& records, std::string* out) {
  if (records.empty()) return;
  absl::StrAppend(out, "\n;; ", title, " SECTION:\n");
  for (const Record& record : records) absl::StrAppend(out, RecordToText(record), "\n");
}

}  // namespace

std::string MessageToText(const Message& message) {
  std::string out;
  AppendHeader(message, &out);
  if (message.edns) AppendEdns(*message.edns, &out);
  if (!message.questions.empty()) out += "\n;; QUESTION SECTION:\n";
  for (const Question& question : message.questions) {
    absl::StrAppend(&out, ";", question.name.ToText(), "\t", ClassToText(question.rr_class), "\t",
                    TypeToText(question.type), "\n");
  }
  AppendSection("ANSWER", message.answer, &out);
  AppendSection("AUTHORITY", message.authority, &out);
  AppendSection("ADDITIONAL", message.additional, &out);
  return out;
}

}  // namespace strata::dns
