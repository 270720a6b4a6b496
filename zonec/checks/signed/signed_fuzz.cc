// Keys, signatures and digests of any octets are read or refused.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"
#include "zonec/checks/signed/ds_digest.h"
#include "zonec/checks/signed/public_key.h"
#include "zonec/checks/signed/signed_zone.h"

namespace strata::zonec {

// An octet of an algorithm, one of the size of a key, the key, and a signature.
void ReadAll(absl::string_view input) {
  if (input.size() < 2) return;
  const auto algorithm = static_cast<uint8_t>(input[0]);
  const absl::string_view rest = input.substr(2);
  const absl::string_view octets = rest.substr(0, static_cast<uint8_t>(input[1]));
  const absl::string_view signature = rest.substr(octets.size());
  ReadRsaNumbers(octets);
  PublicKeyDefect(algorithm, octets);
  const std::optional<PublicKey> key = PublicKey::Make(algorithm, octets);
  if (key) key->Verify("message", signature);
  if (dns::IsValidRdata(dns::rr_type::kRRSIG, rest)) ReadSignature(rest);
  if (!dns::IsValidRdata(dns::rr_type::kDNSKEY, octets)) return;
  const ZoneKey zone_key = ReadKey(octets, 0);
  if (dns::IsValidRdata(dns::rr_type::kDS, signature)) RefersTo(signature, zone_key, absl::string_view("\0", 1));
}

}  // namespace strata::zonec

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::zonec::ReadAll(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
