// See query_packet.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/query_packet.h"

#include <array>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"

namespace strata::bench {
namespace {

constexpr size_t kHeaderBytes = 12;
constexpr size_t kMaxLabelBytes = 63;
constexpr size_t kMaxNameBytes = 255;
constexpr uint16_t kClassIn = 1;
constexpr uint16_t kTypeOpt = 41;
constexpr uint16_t kDnssecOk = 0x8000;

struct TypeMnemonic {
  absl::string_view mnemonic;
  uint16_t number;
};

constexpr std::array<TypeMnemonic, 17> kTypes = {{
    {"A", 1},
    {"NS", 2},
    {"CNAME", 5},
    {"SOA", 6},
    {"PTR", 12},
    {"MX", 15},
    {"TXT", 16},
    {"AAAA", 28},
    {"SRV", 33},
    {"DS", 43},
    {"NSEC", 47},
    {"DNSKEY", 48},
    {"TLSA", 52},
    {"HTTPS", 65},
    {"ANY", 255},
    {"CAA", 257},
    {"NAPTR", 35},
}};

absl::StatusOr<uint16_t> TypeNumber(absl::string_view text) {
  for (const TypeMnemonic& type : kTypes) {
    if (type.mnemonic == text) return type.number;
  }
  uint32_t number = 0;
  if (absl::ConsumePrefix(&text, "TYPE") && absl::SimpleAtoi(text, &number) && number <= 0xffff) return number;
  return absl::InvalidArgumentError(absl::StrCat("unknown type ", text));
}

void AppendUint16(std::string& out, uint16_t value) {
  out.push_back(static_cast<char>(value >> 8));
  out.push_back(static_cast<char>(value & 0xff));
}

absl::Status AppendName(std::string& out, absl::string_view name) {
  const size_t start = out.size();
  absl::string_view rest = absl::StripSuffix(name, ".");
  while (!rest.empty()) {
    const absl::string_view label = rest.substr(0, rest.find('.'));
    rest.remove_prefix(std::min(rest.size(), label.size() + 1));
    if (label.empty() || label.size() > kMaxLabelBytes)
      return absl::InvalidArgumentError(absl::StrCat("bad label in name ", name));
    out.push_back(static_cast<char>(label.size()));
    out.append(label.data(), label.size());
  }
  out.push_back('\0');
  if (out.size() - start > kMaxNameBytes) return absl::InvalidArgumentError(absl::StrCat("name too long: ", name));
  return absl::OkStatus();
}

// RFC 6891 section 6.1.2, without options.
void AppendOpt(std::string& out, uint16_t udp_size, bool dnssec_ok) {
  out.push_back('\0');  // the root
  AppendUint16(out, kTypeOpt);
  AppendUint16(out, udp_size);
  AppendUint16(out, 0);  // extended RCODE and version
  AppendUint16(out, dnssec_ok ? kDnssecOk : 0);
  AppendUint16(out, 0);  // RDLENGTH
}

}  // namespace

bool QueryPacket::IsAnsweredBy(absl::string_view answer) const {
  if (answer.size() < question_end || (answer[2] & 0x80) == 0) return false;
  return answer.substr(kHeaderBytes, question_end - kHeaderBytes) ==
         absl::string_view(bytes).substr(kHeaderBytes, question_end - kHeaderBytes);
}

absl::StatusOr<QueryPacket> EncodeQuery(absl::string_view name, absl::string_view type, const QueryOptions& options) {
  QueryPacket packet;
  std::string& out = packet.bytes;
  AppendUint16(out, 0);
  AppendUint16(out, options.recursion_desired ? 0x0100 : 0);
  AppendUint16(out, 1);  // QDCOUNT
  AppendUint16(out, 0);
  AppendUint16(out, 0);
  AppendUint16(out, options.edns_udp_size.has_value() ? 1 : 0);
  STRATA_RETURN_IF_ERROR(AppendName(out, name));
  STRATA_ASSIGN_OR_RETURN(const uint16_t type_number, TypeNumber(type));
  AppendUint16(out, type_number);
  AppendUint16(out, kClassIn);
  packet.question_end = out.size();
  if (options.edns_udp_size.has_value()) AppendOpt(out, *options.edns_udp_size, options.dnssec_ok);
  return packet;
}

absl::StatusOr<std::vector<QueryPacket>> ReadQueries(std::istream& in, const QueryOptions& options) {
  std::vector<QueryPacket> queries;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<absl::string_view> fields = absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (fields.size() != 2) return absl::InvalidArgumentError(absl::StrCat("line ", number, ": not \"name type\""));
    absl::StatusOr<QueryPacket> query = EncodeQuery(fields[0], fields[1], options);
    if (!query.ok()) return absl::InvalidArgumentError(absl::StrCat("line ", number, ": ", query.status().message()));
    queries.push_back(*std::move(query));
  }
  if (queries.empty()) return absl::InvalidArgumentError("no queries");
  return queries;
}

}  // namespace strata::bench
