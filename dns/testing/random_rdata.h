// Valid RDATA of every type, made by chance: for tests of laws that hold for all of it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TESTING_RANDOM_RDATA_H_
#define STRATA_DNS_TESTING_RANDOM_RDATA_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "dns/rdata_schema.h"

namespace strata::dns {

// The same seed gives the same values. Not thread-safe.
class RandomRdata {
 public:
  explicit RandomRdata(uint32_t seed) : random_(seed) {}

  // From 0 to `end` - 1, uniform enough.
  uint32_t Below(uint32_t end) { return static_cast<uint32_t>(random_()) % end; }
  bool OneIn(uint32_t n) { return Below(n) == 0; }

  // Any octets; often those that mean something in master files.
  std::string Octets(size_t size);

  // At most 63 octets; sometimes a lone asterisk.
  std::string Label();

  // In wire form; sometimes the root.
  std::string WireName();

  // Valid for the schema's type.
  std::string Rdata(const RdataSchema& schema);

 private:
  using Kind = FieldKind;

  // A character-string.
  std::string String();
  std::string Digits(uint32_t at_least);
  // Integers and addresses.
  std::string Fixed(size_t size);
  std::string TypeBitmap();
  std::string Bits(Kind kind);
  std::string SvcParamValue(uint32_t key);
  std::string SvcParams();
  std::string AddressPrefixes();
  std::string Location();
  std::string HipHead();
  std::string Names();
  // An address, a name or nothing.
  std::string Gateway(uint8_t type);
  std::string A6Suffix(uint8_t prefix_bits);

  // A field of the kind behind the others of its RDATA; not always one that is valid there.
  std::string Field(Kind kind, const std::string& before);
  std::string VariableField(Kind kind, const std::string& before);
  // What one or two types have.
  std::string RareField(Kind kind, const std::string& before);

  std::mt19937 random_;
};

}  // namespace strata::dns

#endif  // STRATA_DNS_TESTING_RANDOM_RDATA_H_
