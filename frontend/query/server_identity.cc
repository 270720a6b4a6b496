// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/server_identity.h"

#include "dns/big_endian.h"
#include "dns/rr_type.h"
#include "frontend/query/answer_options.h"

namespace strata::frontend {
namespace {

constexpr absl::string_view kIdServer("\2id\6server\0", 11);
constexpr absl::string_view kHostnameBind("\10hostname\4bind\0", 15);
constexpr absl::string_view kVersionServer("\7version\6server\0", 16);
constexpr absl::string_view kVersionBind("\7version\4bind\0", 14);

constexpr uint16_t kPointerToQuestion = 0xc00c;

// Empty for an empty text.
std::string TxtRecord(absl::string_view text) {
  std::string record;
  if (text.empty()) return record;
  text = text.substr(0, ServerIdentity::kMaxTextSize);
  dns::AppendU16(kPointerToQuestion, &record);
  dns::AppendU16(dns::rr_type::kTXT, &record);
  dns::AppendU16(dns::rr_class::kCH, &record);
  dns::AppendU32(0, &record);
  dns::AppendU16(static_cast<uint16_t>(text.size() + 1), &record);
  record.push_back(static_cast<char>(text.size()));
  record.append(text.data(), text.size());
  return record;
}

}  // namespace

ServerIdentity::ServerIdentity(const Options& options)
    : id_record_(TxtRecord(options.id)),
      version_record_(TxtRecord(options.version)),
      nsid_(options.nsid.substr(0, kMaxNsidSize)) {}

std::optional<absl::string_view> ServerIdentity::Answer(const dns::LookupName& name, uint16_t type) const {
  if (type != dns::rr_type::kTXT && type != dns::rr_type::kANY) return std::nullopt;
  const absl::string_view asked = name.wire();
  const std::string* record = nullptr;
  if (asked == kIdServer || asked == kHostnameBind) record = &id_record_;
  if (asked == kVersionServer || asked == kVersionBind) record = &version_record_;
  if (record == nullptr || record->empty()) return std::nullopt;
  return absl::string_view(*record);
}

}  // namespace strata::frontend
