// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_schema.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "dns/rr_type.h"

namespace strata::dns {
namespace {

using enum FieldKind;
using enum NameRule;

// Ascending by type.
constexpr RdataSchema kSchemas[] = {
    {rr_type::kA, kKeep, {{kIpv4, "address"}}},
    {rr_type::kNS, kCompress, {{kName, "name server"}}},
    {3 /*MD*/, kCompress, {{kName, "mail agent"}}},
    {4 /*MF*/, kCompress, {{kName, "mail agent"}}},
    {rr_type::kCNAME, kCompress, {{kName, "canonical name"}}},
    {rr_type::kSOA,
     kCompress,
     {{kName, "primary server"},
      {kName, "mailbox"},
      {kU32, "serial"},
      {kSeconds, "refresh"},
      {kSeconds, "retry"},
      {kSeconds, "expire"},
      {kSeconds, "minimum"}}},
    {7 /*MB*/, kCompress, {{kName, "mail host"}}},
    {8 /*MG*/, kCompress, {{kName, "mailbox"}}},
    {9 /*MR*/, kCompress, {{kName, "mailbox"}}},
    {11 /*WKS*/, kKeep, {{kIpv4, "address"}, {kProtocol, "protocol"}, {kPorts, "map"}}},
    {rr_type::kPTR, kCompress, {{kName, "target"}}},
    {rr_type::kHINFO, kKeep, {{kString, "CPU"}, {kString, "operating system"}}},
    {14 /*MINFO*/, kCompress, {{kName, "responsible mailbox"}, {kName, "error mailbox"}}},
    {rr_type::kMX, kCompress, {{kU16, "preference"}, {kName, "exchange"}}},
    {rr_type::kTXT, kKeep, {{kStrings, "text"}}},
    {rr_type::kRP, kDecompress, {{kName, "mailbox"}, {kName, "TXT name"}}},
    {rr_type::kAFSDB, kDecompress, {{kU16, "subtype"}, {kName, "host"}}},
    {19 /*X25*/, kKeep, {{kDigits, "PSDN address"}}},
    {20 /*ISDN*/, kKeep, {{kString, "ISDN address"}, {kOptionalString, "subaddress"}}},
    {21 /*RT*/, kDecompress, {{kU16, "preference"}, {kName, "intermediate host"}}},
    {22 /*NSAP*/, kKeep, {{kNsap, "address"}}},
    {23 /*NSAP-PTR*/, kKeep, {{kName, "owner"}}},
    {24 /*SIG*/,
     kDecompress,
     {{kType, "type covered"},
      {kAlgorithm, "algorithm"},
      {kU8, "number of labels"},
      {kU32, "original TTL"},
      {kTime, "expiration"},
      {kTime, "inception"},
      {kU16, "key tag"},
      {kName, "signer"},
      {kBase64, "signature"}}},
    {25 /*KEY*/,
     kKeep,
     {{kKeyFlags, "flags"}, {kKeyProtocol, "protocol"}, {kAlgorithm, "algorithm"}, {kKeyData, "public key"}}},
    {26 /*PX*/, kDecompress, {{kU16, "preference"}, {kName, "RFC 822 domain"}, {kName, "X.400 domain"}}},
    {27 /*GPOS*/, kKeep, {{kString, "longitude"}, {kString, "latitude"}, {kString, "altitude"}}},
    {rr_type::kAAAA, kKeep, {{kIpv6, "address"}}},
    {29 /*LOC*/, kKeep, {{kLocation, "location"}}},
    {30 /*NXT*/, kDecompress, {{kName, "next name"}, {kNxtTypes, "type"}}},
    {31 /*EID*/, kKeep, {{kHex, "endpoint identifier"}}},
    {32 /*NIMLOC*/, kKeep, {{kHex, "locator"}}},
    {rr_type::kSRV, kDecompress, {{kU16, "priority"}, {kU16, "weight"}, {kU16, "port"}, {kName, "target"}}},
    {34 /*ATMA*/, kKeep, {{kAtmAddress, "address"}}},
    {rr_type::kNAPTR,
     kDecompress,
     {{kU16, "order"},
      {kU16, "preference"},
      {kString, "flags"},
      {kString, "services"},
      {kString, "regular expression"},
      {kName, "replacement"}}},
    {36 /*KX*/, kLowercase, {{kU16, "preference"}, {kName, "exchanger"}}},
    {37 /*CERT*/,
     kKeep,
     {{kCertType, "certificate type"}, {kU16, "key tag"}, {kCertAlgorithm, "algorithm"}, {kBase64, "certificate"}}},
    {38 /*A6*/, kLowercase, {{kU8, "prefix length"}, {kA6Suffix, "suffix"}, {kA6Prefix, "prefix"}}},
    {rr_type::kDNAME, kLowercase, {{kName, "target"}}},
    {40 /*SINK*/, kKeep, {{kU8, "meaning"}, {kU8, "coding"}, {kU8, "subcoding"}, {kOptionalBase64, "data"}}},
    {42 /*APL*/, kKeep, {{kAddressPrefixes, "address prefix"}}},
    {rr_type::kDS,
     kKeep,
     {{kU16, "key tag"}, {kAlgorithm, "algorithm"}, {kDigestType, "digest type"}, {kDsDigest, "digest"}}},
    {rr_type::kSSHFP, kKeep, {{kU8, "algorithm"}, {kU8, "fingerprint type"}, {kSshfpDigest, "fingerprint"}}},
    {45 /*IPSECKEY*/,
     kKeep,
     {{kU8, "precedence"},
      {kU8, "gateway type"},
      {kU8, "algorithm"},
      {kIpsecGateway, "gateway"},
      {kIpsecKey, "public key"}}},
    {rr_type::kRRSIG,
     kLowercase,
     {{kType, "type covered"},
      {kAlgorithm, "algorithm"},
      {kU8, "number of labels"},
      {kU32, "original TTL"},
      {kTime, "expiration"},
      {kTime, "inception"},
      {kU16, "key tag"},
      {kName, "signer"},
      {kBase64, "signature"}}},
    {rr_type::kNSEC, kKeep, {{kName, "next name"}, {kSomeTypes, "type"}}},
    {rr_type::kDNSKEY,
     kKeep,
     {{kKeyFlags, "flags"}, {kKeyProtocol, "protocol"}, {kAlgorithm, "algorithm"}, {kBase64, "public key"}}},
    {49 /*DHCID*/, kKeep, {{kBase64, "identifier"}}},
    {rr_type::kNSEC3,
     kKeep,
     {{kHashAlgorithm, "hash algorithm"},
      {kU8, "flags"},
      {kU16, "iterations"},
      {kSalt, "salt"},
      {kHashedOwner, "next hashed owner"},
      {kTypes, "type"}}},
    {rr_type::kNSEC3PARAM,
     kKeep,
     {{kHashAlgorithm, "hash algorithm"}, {kU8, "flags"}, {kU16, "iterations"}, {kSalt, "salt"}}},
    {rr_type::kTLSA,
     kKeep,
     {{kU8, "certificate usage"}, {kU8, "selector"}, {kU8, "matching type"}, {kHex, "certificate association"}}},
    {53 /*SMIMEA*/,
     kKeep,
     {{kU8, "certificate usage"}, {kU8, "selector"}, {kU8, "matching type"}, {kHex, "certificate association"}}},
    {55 /*HIP*/,
     kKeep,
     {{kHipAlgorithm, "algorithm"},
      {kHipTag, "host identity tag"},
      {kHipKey, "public key"},
      {kNames, "rendezvous server"}}},
    {56 /*NINFO*/, kKeep, {{kStrings, "text"}}},
    {57 /*RKEY*/,
     kKeep,
     {{kKeyFlags, "flags"}, {kKeyProtocol, "protocol"}, {kAlgorithm, "algorithm"}, {kBase64, "public key"}}},
    {58 /*TALINK*/, kKeep, {{kName, "previous name"}, {kName, "next name"}}},
    {59 /*CDS*/,
     kKeep,
     {{kU16, "key tag"}, {kAlgorithm, "algorithm"}, {kDigestType, "digest type"}, {kDsDigest, "digest"}}},
    {60 /*CDNSKEY*/,
     kKeep,
     {{kKeyFlags, "flags"}, {kKeyProtocol, "protocol"}, {kAlgorithm, "algorithm"}, {kBase64, "public key"}}},
    {61 /*OPENPGPKEY*/, kKeep, {{kBase64, "public key"}}},
    {62 /*CSYNC*/, kKeep, {{kU32, "serial"}, {kU16, "flags"}, {kTypes, "type"}}},
    {63 /*ZONEMD*/, kKeep, {{kU32, "serial"}, {kU8, "scheme"}, {kU8, "hash algorithm"}, {kZonemdDigest, "digest"}}},
    {rr_type::kSVCB, kKeep, {{kU16, "priority"}, {kName, "target"}, {kSvcParams, "service parameter"}}},
    {rr_type::kHTTPS, kKeep, {{kU16, "priority"}, {kName, "target"}, {kSvcParams, "service parameter"}}},
    {66 /*DSYNC*/, kKeep, {{kType, "type"}, {kSyncScheme, "scheme"}, {kU16, "port"}, {kName, "target"}}},
    {67 /*HHIT*/, kKeep, {{kBase64, "identity tag"}}},
    {68 /*BRID*/, kKeep, {{kBase64, "broadcast identity"}}},
    {rr_type::kSPF, kKeep, {{kStrings, "text"}}},
    {104 /*NID*/, kKeep, {{kU16, "preference"}, {kNodeId, "node identifier"}}},
    {105 /*L32*/, kKeep, {{kU16, "preference"}, {kIpv4, "locator"}}},
    {106 /*L64*/, kKeep, {{kU16, "preference"}, {kNodeId, "locator"}}},
    {107 /*LP*/, kKeep, {{kU16, "preference"}, {kName, "locator name"}}},
    {108 /*EUI48*/, kKeep, {{kEui48, "address"}}},
    {109 /*EUI64*/, kKeep, {{kEui64, "address"}}},
    {rr_type::kURI, kKeep, {{kU16, "priority"}, {kU16, "weight"}, {kText, "target"}}},
    {rr_type::kCAA, kKeep, {{kU8, "flags"}, {kTag, "tag"}, {kText, "value"}}},
    {258 /*AVC*/, kKeep, {{kStrings, "text"}}},
    {259 /*DOA*/,
     kKeep,
     {{kU32, "enterprise"}, {kU32, "type"}, {kU8, "location"}, {kString, "media type"}, {kDataOrDash, "data"}}},
    {260 /*AMTRELAY*/,
     kKeep,
     {{kU8, "precedence"}, {kRelayDiscovery, "discovery optional"}, {kRelayType, "relay type"}, {kRelay, "relay"}}},
    {261 /*RESINFO*/, kKeep, {{kStrings, "text"}}},
    {262 /*WALLET*/, kKeep, {{kStrings, "text"}}},
    {263 /*CLA*/, kKeep, {{kStrings, "text"}}},
    {32768 /*TA*/,
     kKeep,
     {{kU16, "key tag"}, {kAlgorithm, "algorithm"}, {kDigestType, "digest type"}, {kDsDigest, "digest"}}},
    {32769 /*DLV*/,
     kKeep,
     {{kU16, "key tag"}, {kAlgorithm, "algorithm"}, {kDigestType, "digest type"}, {kDsDigest, "digest"}}},
};

static_assert(std::is_sorted(std::begin(kSchemas), std::end(kSchemas),
                             [](const RdataSchema& a, const RdataSchema& b) { return a.type < b.type; }));

constexpr NameLayout LayoutOf(const RdataSchema& schema) {
  NameLayout layout;
  const RdataField* field = schema.fields;
  for (; FixedFieldSize(field->kind) != 0; ++field) layout.prefix_size += FixedFieldSize(field->kind);
  for (; field->kind == kName; ++field) ++layout.name_count;
  if (layout.name_count == 0) return {};
  layout.compress = schema.names == kCompress;
  return layout;
}

// The registry is dense up to here; the few types above it are searched for.
constexpr size_t kDenseTypes = 512;

struct Index {
  std::array<uint8_t, kDenseTypes> row{};  // in kSchemas, plus one; 0: none
  std::array<NameLayout, kDenseTypes> layout{};
};

constexpr Index MakeIndex() {
  static_assert(std::size(kSchemas) < 255);
  Index index;
  for (size_t i = 0; i < std::size(kSchemas); ++i) {
    if (kSchemas[i].type >= kDenseTypes) continue;
    index.row[kSchemas[i].type] = static_cast<uint8_t>(i + 1);
    index.layout[kSchemas[i].type] = LayoutOf(kSchemas[i]);
  }
  return index;
}

constexpr Index kIndex = MakeIndex();

}  // namespace

const RdataSchema* FindRdataSchema(uint16_t type) {
  if (type < kDenseTypes) return kIndex.row[type] == 0 ? nullptr : &kSchemas[kIndex.row[type] - 1];
  const RdataSchema* row = std::lower_bound(std::begin(kSchemas), std::end(kSchemas), type,
                                            [](const RdataSchema& schema, uint16_t t) { return schema.type < t; });
  return row != std::end(kSchemas) && row->type == type ? row : nullptr;
}

absl::Span<const RdataSchema> AllRdataSchemas() { return kSchemas; }

NameLayout RdataNameLayout(uint16_t type) {
  if (type < kDenseTypes) return kIndex.layout[type];
  const RdataSchema* schema = FindRdataSchema(type);
  return schema == nullptr ? NameLayout() : LayoutOf(*schema);
}

}  // namespace strata::dns
