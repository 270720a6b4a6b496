// What a server did with a packet, reduced to what can be compared between servers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_HYGIENE_REPLY_DIGEST_H_
#define STRATA_TESTS_HYGIENE_REPLY_DIGEST_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::tests {

// What each aspect of a reply is, in words: {"reply", "yes"}, {"rcode", "REFUSED"}, {"question", "echoed"} …
//
//   reply      yes, silence, closed (TCP)
//   form       sound, or unsound: no DNS message
//   id         echoed or other
//   flags      opcode, and the bits QR, RD, RA, Z, AD and CD that are set
//   aa, tc     0 or 1
//   rcode      with its extended bits
//   question   echoed (octet for octet), absent or other
//   answers    how many records
//   negative   SOA or none, where a positive rcode or NXDOMAIN comes without an answer
//   tsig       none, or its error
//   opt        none; version and flags
//   options    their codes; extended errors, which are a server's own business, left out
using ReplyDigest = std::map<std::string, std::string>;

ReplyDigest DigestOfSilence();
ReplyDigest DigestOfClosing();
// `query`: the packet that was sent, ID included.
ReplyDigest DigestReply(absl::string_view query, absl::string_view reply);

std::string ToText(const ReplyDigest& digest);

}  // namespace strata::tests

#endif  // STRATA_TESTS_HYGIENE_REPLY_DIGEST_H_
