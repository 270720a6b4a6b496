// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/known_differences.h"

namespace strata::tests {
namespace {

// RFC 9824 §3.5 demands it for NXNAME (128) and finds it right for the whole range; BIND and Unbound do so too. NSD and
// Knot look such types up like any other.
constexpr char kMetaType[] = "types that only messages have are no questions: RFC 6895 §3.1, RFC 9824 §3.5";
constexpr char kMail[] = "MAILA and MAILB ask for what nobody publishes: RFC 1035 §3.2.3 calls them obsolete; as BIND";
constexpr char kClassAny[] =
    "QCLASS ANY asks for the data of all classes, which no server here has, and no client does: refused, as any class "
    "but IN (RFC 6895 §3.2); BIND does not answer it either";
constexpr char kAny[] = "ANY is answered in full where the sender is proven: RFC 8482 §4.1 leaves that to us; as BIND";
constexpr char kCd[] = "RFC 4035 §3: CD is copied from the query; as BIND";
constexpr char kVersionFirst[] = "RFC 6891 §6.1.3: options of another version may have another form; as NSD";
constexpr char kRootOwner[] = "RFC 6891 §6.1.2: the owner of OPT is the octet 0, not a pointer to one; as NSD";
// NSD and Knot answer NOTIFY and UPDATE of zones; BIND checks their form.
constexpr char kNotServed[] = "NOTIFY (RFC 1996) and UPDATE (RFC 2136) are not served: NOTIMP, whatever they hold";
constexpr char kFormErr[] =
    "RFC 1035 §4.1.1: a message with a header gets FORMERR, and the connection stays for the next; as BIND";
constexpr char kTooLarge[] =
    "RFC 6891 §6.2.3: nobody may send more than is announced, 1232 octets; 4096 are taken, the rest is not kept";
constexpr char kNsid[] = "NSID, RFC 5001; as Knot";
constexpr char kCookie[] = "cookies, RFC 7873 §5.2; as BIND";
constexpr char kBadCookieForm[] = "RFC 7873 §5.2.2: a cookie of no cookie's size is FORMERR; as BIND";
constexpr char kCookieAlone[] = "RFC 7873 §5.4: who asks whether its cookie is good is told that it is not";
constexpr char kKeepalive[] = "edns-tcp-keepalive, RFC 7828 §3.3.2; as BIND";
constexpr char kZoneVersion[] =
    "ZONEVERSION, RFC 9660; §3.2.1 demands FORMERR of one with a value; these releases of the peers do not know it";

}  // namespace

const std::vector<KnownDifference>& KnownDifferences() {
  static const auto* const known = new std::vector<KnownDifference>{
      {"type-41-*", "rcode", "FORMERR", kMetaType},
      {"type-41-*", "aa", "0", kMetaType},
      {"type-[12][0-9][0-9]-*", "rcode", "FORMERR", kMetaType},
      {"type-[12][0-9][0-9]-*", "aa", "0", kMetaType},
      {"case-*-tsig/*", "rcode", "FORMERR", kMetaType},
      {"case-*-tsig/*", "aa", "0", kMetaType},
      {"type-25[34]-*", "rcode", "NOTIMP", kMail},
      {"class-255-*", "rcode", "REFUSED", kClassAny},
      {"class-255-*", "answers", "0", kClassAny},
      {"type-255-hyg.test/tcp", "answers", "2", kAny},
      {"case-HYG.TEST-any/tcp", "answers", "2", kAny},
      {"flags-cd*", "flags", "QUERY qr cd", kCd},
      {"flags-all*", "flags", "QUERY qr rd cd", kCd},
      {"flags-rd-ad-cd/*", "flags", "QUERY qr rd cd", kCd},
      {"edns-version-*-bad-option/*", "rcode", "BADVERS", kVersionFirst},
      {"edns-version-*-bad-option/*", "opt", "version 0", kVersionFirst},
      {"edns-owner-pointer-to-root/*", "rcode", "FORMERR", kRootOwner},
      {"edns-owner-pointer-to-root/*", "aa", "0", kRootOwner},
      {"edns-owner-pointer-to-root/*", "answers", "0", kRootOwner},
      {"edns-owner-pointer-to-root/*", "opt", "none", kRootOwner},
      {"opcode-[45]-*", "rcode", "NOTIMP", kNotServed},
      {"opcode-[45]-*", "question", "absent", kNotServed},
      {"opcode-*-cut/tcp", "reply", "yes", kFormErr},
      {"qdcount-1-cut/tcp", "reply", "yes", kFormErr},
      {"counts-65535/tcp", "reply", "yes", kFormErr},
      {"cut-1[2-6]/tcp", "reply", "yes", kFormErr},
      {"formerr-then-one/stream", "replies", "1 NOERROR, 2 FORMERR", kFormErr},
      {"formerr-then-one/stream", "end", "open", kFormErr},
      {"edns-nsid*", "options", "3", kNsid},
      {"edns-cookie-*", "options", "10", kCookie},
      {"edns-cookie-*", "rcode", "FORMERR", kBadCookieForm},
      {"edns-cookie-*", "aa", "0", kBadCookieForm},
      {"edns-cookie-*", "answers", "0", kBadCookieForm},
      {"edns-cookie-alone-*", "rcode", "BADCOOKIE", kCookieAlone},
      {"edns-keepalive*/tcp", "options", "11", kKeepalive},
      {"edns-option-19/*", "options", "19", kZoneVersion},
      {"edns-option-19-x/*", "rcode", "FORMERR", kZoneVersion},
      {"edns-option-19-x/*", "aa", "0", kZoneVersion},
      {"edns-option-19-x/*", "answers", "0", kZoneVersion},
      {"edns-padding-[68]*000/udp", "reply", "silence", kTooLarge},
  };
  return *known;
}

}  // namespace strata::tests
