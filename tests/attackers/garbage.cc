// SPDX-License-Identifier: Apache-2.0
#include "tests/attackers/garbage.h"

#include <algorithm>
#include <random>

#include "dns/header.h"
#include "dns/rr_type.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

constexpr size_t kLargestPacket = 1472;
constexpr size_t kLargestQuestion = 100;

std::string RandomOctets(size_t size, std::mt19937* random) {
  std::string octets(size, '\0');
  for (char& octet : octets) octet = static_cast<char>((*random)());
  return octets;
}

std::string RandomPacket(std::mt19937* random) { return RandomOctets((*random)() % (kLargestPacket + 1), random); }

std::string HeaderOfQuery(std::mt19937* random) {
  std::string packet(dns::kHeaderSize, '\0');
  dns::SetU16(packet.data(), 0, static_cast<uint16_t>((*random)()));
  dns::SetU16(packet.data(), dns::kQdCountOffset, 1);
  return packet + RandomOctets((*random)() % (kLargestQuestion + 1), random);
}

std::string DamagedQuery(std::mt19937* random) {
  std::string packet = MakeQuery("www.flood.test.", dns::rr_type::kA, {.id = static_cast<uint16_t>((*random)())});
  switch ((*random)() % 5) {
    case 0:  // ends within the question
      packet.resize(dns::kHeaderSize + (*random)() % 16);
      break;
    case 1:  // more questions than there are
      dns::SetU16(packet.data(), dns::kQdCountOffset, static_cast<uint16_t>(2 + (*random)() % 1000));
      break;
    case 2:  // more records than there are
      dns::SetU16(packet.data(), dns::kArCountOffset, static_cast<uint16_t>(2 + (*random)() % 1000));
      break;
    case 3:  // a name that refers to itself
      packet[dns::kHeaderSize] = static_cast<char>(0xc0);
      packet[dns::kHeaderSize + 1] = static_cast<char>(dns::kHeaderSize);
      break;
    default:  // an option that is longer than its OPT
      packet[packet.size() - 1] = 4;
      packet += std::string("\0\x0a\xff\xff", 4);
  }
  return packet;
}

}  // namespace

std::vector<std::string> MakeGarbage(Garbage kind, int count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::string> packets;
  for (int i = 0; i < count; ++i) {
    switch (kind) {
      case Garbage::kRandomOctets:
        packets.push_back(RandomPacket(&random));
        break;
      case Garbage::kQueryHeader:
        packets.push_back(HeaderOfQuery(&random));
        break;
      case Garbage::kFormErrBait:
        packets.push_back(DamagedQuery(&random));
        break;
    }
  }
  return packets;
}

std::vector<std::string> MakeMixedGarbage(int count, uint32_t seed) {
  std::vector<std::string> all;
  for (const Garbage kind : {Garbage::kRandomOctets, Garbage::kQueryHeader, Garbage::kFormErrBait}) {
    for (std::string& packet : MakeGarbage(kind, count / 3, seed)) all.push_back(std::move(packet));
  }
  std::mt19937 random(seed);
  std::shuffle(all.begin(), all.end(), random);
  return all;
}

}  // namespace strata::tests
