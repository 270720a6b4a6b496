// The records of a reply, taken apart.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_REPLY_RECORDS_H_
#define STRATA_RECURSOR_CORE_REPLY_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/wire_reader.h"

namespace strata::recursor {

// Names and RDATA are offsets into the octets of their ReplyRecords: uncompressed and valid.
struct ReplyRecord {
  uint16_t type = 0;
  uint16_t rr_class = 0;
  uint32_t ttl = 0;
  uint32_t owner_at = 0;
  uint32_t owner_size = 0;
  uint32_t rdata_at = 0;
  uint32_t rdata_size = 0;
};

// Is used again and again, and then allocates nothing.
class ReplyRecords {
 public:
  // Strict, like dns::ParseMessage: false when anything does not fit, or stands behind the last record. Of the
  // additional section only OPT is kept, as what is below. REQUIRE: a header.
  bool Parse(absl::string_view message);

  absl::Span<const ReplyRecord> answer() const { return absl::MakeConstSpan(records_).subspan(0, answer_count_); }
  absl::Span<const ReplyRecord> authority() const { return absl::MakeConstSpan(records_).subspan(answer_count_); }
  absl::string_view owner(const ReplyRecord& record) const {
    return absl::string_view(octets_).substr(record.owner_at, record.owner_size);
  }
  absl::string_view rdata(const ReplyRecord& record) const {
    return absl::string_view(octets_).substr(record.rdata_at, record.rdata_size);
  }

  bool has_opt() const { return has_opt_; }
  uint8_t extended_rcode() const { return extended_rcode_; }
  // Views the message.
  absl::string_view edns_options() const { return edns_options_; }

 private:
  bool ParseRecord(bool keep, bool opt_allowed, dns::WireReader* reader);
  bool ParseOpt(dns::WireReader* reader);

  std::vector<ReplyRecord> records_;
  size_t answer_count_ = 0;
  std::string octets_;
  bool has_opt_ = false;
  uint8_t extended_rcode_ = 0;
  absl::string_view edns_options_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_REPLY_RECORDS_H_
