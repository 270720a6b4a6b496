// Writes the records of an authoritative answer, section by section.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ANSWER_WRITER_H_
#define STRATA_AUTHORITY_ANSWER_WRITER_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "dns/lookup_name.h"
#include "dns/wire_writer.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::authority {

// One message under construction. Knows the wire and the snapshot, nothing of zones' semantics. When something does not
// fit, ok() is false and Truncate() makes the answer that says so.
class AnswerWriter {
 public:
  // Starts with a header and the question, which must fit. At most `max_size` octets are written.
  AnswerWriter(const dns::LookupName& qname, uint16_t qtype, uint16_t qclass, size_t max_size, char* buffer);

  // The sections are written in this order; records go to the current one.
  enum class Section { kAnswer, kAuthority, kAdditional };
  void Begin(Section section) { section_ = section; }

  // All records of an RRset. `ttl` overrides the RRset's where given.
  void WriteRRset(absl::string_view owner, uint16_t rr_class, const snapshot::RRsetView& rrset,
                  std::optional<uint32_t> ttl = std::nullopt);
  // A CNAME that is made up (RFC 6672 §3.1).
  void WriteCname(absl::string_view owner, uint16_t rr_class, uint32_t ttl, absl::string_view target);
  // As WriteRRset, but leaves no trace when it does not fit: then false.
  bool TryWriteRRset(absl::string_view owner, uint16_t rr_class, const snapshot::RRsetView& rrset);

  // Sets the header. `flags` holds AA, TC and the rcode; QR is added.
  void Finish(uint16_t flags);
  // Takes everything behind the question back and sets TC.
  void Truncate(uint16_t flags);
  // Takes it back for an answer of `flags` alone.
  void Fail(uint16_t flags);

  bool ok() const { return writer_.ok(); }
  size_t size() const { return writer_.size(); }

 private:
  void WriteOwner(absl::string_view owner, uint16_t* known_at);
  void WriteRdata(uint16_t type, absl::string_view rdata);

  dns::WireWriter writer_;
  dns::WireWriter::Mark after_question_;
  absl::string_view qname_;
  Section section_ = Section::kAnswer;
  uint16_t counts_[3] = {};
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ANSWER_WRITER_H_
