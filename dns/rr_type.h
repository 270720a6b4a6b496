// Types, classes, opcodes and rcodes: number and mnemonic, one table each (IANA "DNS Parameters").
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RR_TYPE_H_
#define STRATA_DNS_RR_TYPE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::dns {

// RR and meta types by their number. A plain integer type: any of the 65536 values may come from the network.
namespace rr_type {
inline constexpr uint16_t kA = 1, kNS = 2, kCNAME = 5, kSOA = 6, kPTR = 12, kHINFO = 13, kMX = 15, kTXT = 16, kRP = 17,
                          kAFSDB = 18, kAAAA = 28, kSRV = 33, kNAPTR = 35, kDNAME = 39, kOPT = 41, kDS = 43,
                          kSSHFP = 44, kRRSIG = 46, kNSEC = 47, kDNSKEY = 48, kNSEC3 = 50, kNSEC3PARAM = 51, kTLSA = 52,
                          kSVCB = 64, kHTTPS = 65, kSPF = 99, kTKEY = 249, kTSIG = 250, kIXFR = 251, kAXFR = 252,
                          kMAILB = 253, kMAILA = 254, kANY = 255, kURI = 256, kCAA = 257;
}  // namespace rr_type

namespace rr_class {
inline constexpr uint16_t kIN = 1, kCH = 3, kHS = 4, kNONE = 254, kANY = 255;
}  // namespace rr_class

namespace opcode {
inline constexpr uint8_t kQuery = 0, kIquery = 1, kStatus = 2, kNotify = 4, kUpdate = 5, kDso = 6;
}  // namespace opcode

// Extended ones (above 15) need EDNS (RFC 6891 §6.1.3).
namespace rcode {
inline constexpr uint16_t kNoError = 0, kFormErr = 1, kServFail = 2, kNXDomain = 3, kNotImp = 4, kRefused = 5,
                          kYXDomain = 6, kNotAuth = 9, kBadVers = 16, kBadCookie = 23;
}  // namespace rcode

// "A", or "TYPE65280" for a number without a mnemonic (RFC 3597 §5).
std::string TypeToText(uint16_t type);
// Mnemonic in any case, or TYPEnnn.
std::optional<uint16_t> TypeFromText(absl::string_view text);
// All of them, ascending by number.
std::vector<std::string> TypeMnemonics();
// "IN", or "CLASS65280".
std::string ClassToText(uint16_t rr_class);
std::optional<uint16_t> ClassFromText(absl::string_view text);
// "NXDOMAIN", or "RCODE3841".
std::string RcodeToText(uint16_t rcode);
// "QUERY", or "OPCODE15".
std::string OpcodeToText(uint8_t opcode);

// QTYPEs and meta types, which no zone may hold (RFC 6895 §3.1): OPT, and 128 to 255.
bool IsMetaType(uint16_t type);

}  // namespace strata::dns

#endif  // STRATA_DNS_RR_TYPE_H_
