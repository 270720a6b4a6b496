// Makes of a server's reply what may be passed on.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_REPLY_SCRUBBER_H_
#define STRATA_RECURSOR_CORE_REPLY_SCRUBBER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/wire_writer.h"
#include "recursor/core/question.h"
#include "recursor/core/reply_records.h"

namespace strata::recursor {

enum class ReplyVerdict {
  kAnswer,
  kFailure,    // the server says that it cannot, or will not
  kNoEdns,     // it does not know EDNS, and so nothing is known of the question
  kTruncated,  // to be asked for over TCP
  kUnusable,   // malformed, contradictory, or a referral, which is not what a server asked for recursion says
};
inline constexpr size_t kReplyVerdicts = 5;

// Views are good until the next Scrub().
struct ScrubbedReply {
  ReplyVerdict verdict = ReplyVerdict::kUnusable;
  uint16_t rcode = 0;
  // Whole message as ResolverAnswer::wire: only for kAnswer.
  absl::string_view wire;
  // The server's own extended error (RFC 8914), if any; its text is valid UTF-8 without control characters.
  bool has_extended_error = false;
  uint16_t extended_error = 0;
  absl::string_view extended_error_text;
};

// Aliases followed in one reply.
inline constexpr int kMaxReplyAliases = 16;

// Keeps, in this order:
//   answer      the chain of aliases (CNAME; DNAME with its CNAME, which is made where it is missing, RFC 6672 §3.1)
//   from
//               the question's name to the records of its type, whatever their order in the reply; at the end of the
//               chain all types for ANY; their signatures if they were asked for
//   authority   of a negative answer the SOA of the zone of the last name (RFC 2308); where signatures were asked for,
//               NSEC and NSEC3, signed
//   additional  nothing
// Sets of NS are never kept: what they say is not needed for the answer, and there they have done harm. AD and AA are
// clear, as nothing was validated and the answer is second-hand.
//
// Not thread-safe. Used again and again, it allocates nothing. Law: what it makes of its own answer is the same octets.
class ReplyScrubber {
 public:
  ReplyScrubber();

  // `message` is any octets.
  ScrubbedReply Scrub(const QuestionView& question, absl::string_view message);

 private:
  enum class Chain { kPositive, kNegative, kBroken };

  bool Copy(const QuestionView& question, absl::string_view message);
  void ReadExtendedError(ScrubbedReply* reply) const;
  void WriteHead(uint16_t rcode, dns::WireWriter* writer);
  Chain WriteChain(uint16_t rcode, dns::WireWriter* writer);
  // Moves current_ on. False: there is no alias.
  bool FollowDname(dns::WireWriter* writer, bool* broken);
  bool FollowCname(dns::WireWriter* writer);
  const ReplyRecord* FindAnswer(absl::string_view owner, uint16_t type) const;
  const ReplyRecord* FindDname() const;
  // The records at `owner` of `type` (ANY: all), and their signatures.
  void WriteSet(absl::string_view owner, uint16_t type, dns::WireWriter* writer);
  void WriteAuthority(bool negative, dns::WireWriter* writer);
  const ReplyRecord* FindSoa() const;
  bool IsReferral() const;
  void Write(absl::string_view owner, const ReplyRecord& record, dns::WireWriter* writer);

  QuestionView question_;
  std::string message_;  // the reply, the question in lower case
  ReplyRecords records_;
  std::string current_;  // the name at the end of the chain so far
  std::string target_;
  std::vector<const ReplyRecord*> dnames_;  // written
  uint16_t written_ = 0;                    // records of the section
  std::unique_ptr<char[]> buffer_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_REPLY_SCRUBBER_H_
