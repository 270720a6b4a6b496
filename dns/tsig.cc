// SPDX-License-Identifier: Apache-2.0
#include "dns/tsig.h"

#include <cstring>

#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::dns {
namespace {

constexpr size_t kTimeSize = 6;
// Behind the owner: type, class, TTL and RDLENGTH.
constexpr size_t kFixedSize = 10;
// RDATA behind the algorithm, without MAC and other data: time, fudge, MAC size, ID, error, other size.
constexpr size_t kUnsignedTailSize = kTimeSize + 5 * 2;

char* Append(absl::string_view octets, char* at) {
  std::memcpy(at, octets.data(), octets.size());
  return at + octets.size();
}

char* AppendU16(uint16_t value, char* at) {
  SetU16(at, 0, value);
  return at + 2;
}

}  // namespace

void ReadTsigRdata(size_t size, WireReader* reader, Tsig* tsig) {
  reader->PushLimit(size);
  if (!reader->ok()) return;
  tsig->algorithm = reader->ReadBytes(WireNameSize(reader->message().substr(reader->position(), reader->remaining())));
  if (tsig->algorithm.empty()) return reader->Fail();
  tsig->time_signed = reader->ReadBytes(kTimeSize);
  tsig->fudge = reader->ReadU16();
  reader->ReadBytes(reader->ReadU16());  // the MAC
  tsig->original_id = reader->ReadU16();
  reader->ReadU16();                     // error
  reader->ReadBytes(reader->ReadU16());  // other data
  reader->PopLimit();
}

size_t UnsignedTsigSize(const Tsig& tsig) {
  return tsig.key.size() + kFixedSize + tsig.algorithm.size() + kUnsignedTailSize;
}

void WriteUnsignedTsig(const Tsig& tsig, uint16_t error, char* out) {
  char* at = Append(tsig.key, out);
  at = AppendU16(rr_type::kTSIG, at);
  at = AppendU16(rr_class::kANY, at);
  at = AppendU16(0, AppendU16(0, at));  // TTL
  at = AppendU16(static_cast<uint16_t>(tsig.algorithm.size() + kUnsignedTailSize), at);
  at = Append(tsig.algorithm, at);
  at = Append(tsig.time_signed, at);
  at = AppendU16(tsig.fudge, at);
  at = AppendU16(0, at);  // no MAC
  at = AppendU16(tsig.original_id, at);
  at = AppendU16(error, at);
  AppendU16(0, at);  // no other data
}

}  // namespace strata::dns
