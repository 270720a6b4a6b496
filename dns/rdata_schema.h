// What the RDATA of each type is made of: one row per RR type, which drives its wire, canonical and text forms.
//
// A new type whose fields are of known kinds is one new row in rdata_schema.cc.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_SCHEMA_H_
#define STRATA_DNS_RDATA_SCHEMA_H_

#include <cstdint>

#include "absl/types/span.h"

namespace strata::dns {

// How one field looks on the wire and in text.
enum class FieldKind : uint8_t {
  kNone,  // ends a row
  // Integers, big-endian.
  kU8,
  kU16,
  kU32,
  kSeconds,        // 32 bits; text may use TTL units
  kTime,           // 32 bits; text YYYYMMDDHHmmSS or seconds since 1970 (RFC 4034 §3.2)
  kType,           // 16 bits; text an RR type
  kAlgorithm,      // 8 bits; text a number or a DNSSEC algorithm's mnemonic
  kDigestType,     // 8 bits; text a number or a DS digest type's mnemonic
  kCertAlgorithm,  // as kAlgorithm, and written as the mnemonic
  kCertType,       // 16 bits; text a number or a mnemonic of RFC 4398 §2.1
  kKeyFlags,       // 16 bits; text a number or mnemonics such as ZONE|KSK (RFC 2535 §7.1)
  kKeyProtocol,    // 8 bits; text a number or a mnemonic such as DNSSEC
  kHashAlgorithm,  // 8 bits; text a number or SHA-1 (RFC 5155 §11)
  kSyncScheme,     // 8 bits; text a number or NOTIFY (RFC 9859)
  kProtocol,       // 8 bits; text a number or a protocol's name (RFC 1035 §3.4.2)
  // Fixed sizes.
  kIpv4,
  kIpv6,
  kEui48,  // RFC 7043: 00-00-5e-00-53-2a
  kEui64,
  kNodeId,  // 64 bits; text four groups of hex digits (RFC 6742 §2.1)
  kName,
  // With their size in front, in one octet.
  kString,          // <character-string>, RFC 1035 §3.3
  kDigits,          // a character-string; text at least four digits (RFC 1183 §3.1)
  kOptionalString,  // may be missing; the last field
  kTag,             // a character-string of letters and digits only, at least one (RFC 8659 §4.1)
  kSalt,            // hex, "-" when empty (RFC 5155 §3.3)
  kHashedOwner,     // base32hex without padding, at least one octet (RFC 5155 §3.3)
  // To the end of the RDATA.
  kStrings,  // one or more character-strings
  kText,     // raw octets as one quoted string of any length
  kHex,      // at least one octet
  kBase64,   // at least one octet
  kOptionalBase64,
  kDsDigest,  // hex; its size follows from the digest type in the octet before it
  kSshfpDigest,
  kZonemdDigest,
  kTypes,       // type bitmap (RFC 4034 §4.1.2), may be empty
  kSomeTypes,   // type bitmap with at least one type
  kSvcParams,   // RFC 9460 §2.2
  kNxtTypes,    // the bits of types up to 127 (RFC 2535 §5.2), may be empty
  kPorts,       // the bits of ports (RFC 1035 §3.4.2), may be empty
  kDataOrDash,  // base64, "-" when empty
  kNsap,
  kAtmAddress,
  kLocation,         // RFC 1876
  kAddressPrefixes,  // RFC 3123
  kNames,            // may be empty
  // Fields that depend on others of their type.
  kHipAlgorithm,    // HIP (RFC 8005): the first 32 bits, which hold the sizes of the next two, too
  kHipTag,          // hex
  kHipKey,          // base64, one token
  kKeyData,         // KEY: base64, missing when the flags say that there is no key
  kIpsecGateway,    // IPSECKEY (RFC 4025): address, name or `.`, as the type two octets before it says
  kIpsecKey,        // base64, may be missing when the algorithm is 0
  kRelayDiscovery,  // AMTRELAY (RFC 8777): 8 bits, of which text has the first here
  kRelayType,       // no octets: text has the other seven bits of those before
  kRelay,           // address, name or `.`, as the type says
  kA6Suffix,        // A6 (RFC 2874): as much of an address as the length of the prefix, the first octet, leaves over
  kA6Prefix,        // a name, missing when the prefix has no bits
};

// Octets of a field of fixed size, 0 for the others.
constexpr uint8_t FixedFieldSize(FieldKind kind) {
  switch (kind) {
    case FieldKind::kU8:
    case FieldKind::kAlgorithm:
    case FieldKind::kCertAlgorithm:
    case FieldKind::kDigestType:
    case FieldKind::kKeyProtocol:
    case FieldKind::kHashAlgorithm:
    case FieldKind::kSyncScheme:
    case FieldKind::kProtocol:
    case FieldKind::kRelayDiscovery:
      return 1;
    case FieldKind::kU16:
    case FieldKind::kType:
    case FieldKind::kCertType:
    case FieldKind::kKeyFlags:
      return 2;
    case FieldKind::kU32:
    case FieldKind::kSeconds:
    case FieldKind::kTime:
    case FieldKind::kIpv4:
    case FieldKind::kHipAlgorithm:
      return 4;
    case FieldKind::kEui48:
      return 6;
    case FieldKind::kEui64:
    case FieldKind::kNodeId:
      return 8;
    case FieldKind::kIpv6:
      return 16;
    default:
      return 0;
  }
}

// Whether a field of this kind is a name, uncompressed on the wire unless NameRule says otherwise.
constexpr bool IsOneName(FieldKind kind) { return kind == FieldKind::kName || kind == FieldKind::kA6Prefix; }

struct RdataField {
  FieldKind kind = FieldKind::kNone;
  // A noun for error messages.
  const char* name = "";
};

// What happens to the names in the RDATA. Each rule includes those before it.
enum class NameRule : uint8_t {
  kKeep,        // as they are, everywhere
  kLowercase,   // in lower case in canonical form (RFC 4034 §6.2 with RFC 6840 §5.1)
  kDecompress,  // pointers are followed in received messages (RFC 3597 §4)
  kCompress,    // may be compressed in sent messages: only types of RFC 1035 (RFC 3597 §4)
};

inline constexpr int kMaxRdataFields = 9;

struct RdataSchema {
  uint16_t type;
  NameRule names;
  // Padded with kNone.
  RdataField fields[kMaxRdataFields + 1];
};

// The row of `type`, or nullptr when its RDATA is opaque. Constant time.
const RdataSchema* FindRdataSchema(uint16_t type);

// All rows, in ascending order of type.
absl::Span<const RdataSchema> AllRdataSchemas();

// Where the names of an RDATA are, for compressing them and for additional-section processing.
struct NameLayout {
  uint8_t prefix_size = 0;  // fixed octets before the first name
  uint8_t name_count = 0;   // adjacent names there; 0: none, or not at a fixed place
  bool compress = false;    // whether a sender may compress them
};

// Constant time, a table look-up; all zero for types without a row. NS 0+1, SOA 0+2, MX 2+1, SRV 6+1 ...
NameLayout RdataNameLayout(uint16_t type);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_SCHEMA_H_
