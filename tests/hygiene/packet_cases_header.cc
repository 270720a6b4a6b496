// Opcodes, flags, counts, runts, what is cut off or left over.
//
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "tests/hygiene/packet_cases.h"
#include "tests/hygiene/wire_parts.h"

namespace strata::tests {
namespace {

namespace rr = dns::rr_type;

const std::string& Www() {
  static const std::string question = Question("www.hyg.test");
  return question;
}

uint16_t OpcodeFlags(int opcode) { return static_cast<uint16_t>(opcode << dns::kOpcodeShift); }

void AddFlags(std::vector<PacketCase>* cases) {
  const std::pair<const char*, uint16_t> bits[] = {{"aa", dns::kAa}, {"tc", dns::kTc}, {"rd", dns::kRd},
                                                   {"ra", dns::kRa}, {"z", 0x40},      {"ad", dns::kAd},
                                                   {"cd", dns::kCd}};
  uint16_t all = 0;
  for (const auto& [name, bit] : bits) {
    all |= bit;
    cases->push_back({absl::StrCat("flags-", name), Header({.flags = bit}) + Www()});
    cases->push_back({absl::StrCat("flags-", name, "-edns"), Header({.flags = bit, .arcount = 1}) + Www() + Opt()});
    cases->push_back({absl::StrCat("flags-", name, "-do"),
                      Header({.flags = bit, .arcount = 1}) + Www() + Opt({.flags = kDnssecOk})});
    cases->push_back({absl::StrCat("flags-", name, "-nxdomain"), Header({.flags = bit}) + Question("no.hyg.test")});
    cases->push_back({absl::StrCat("flags-", name, "-elsewhere"), Header({.flags = bit}) + Question("www.other.test")});
  }
  cases->push_back({"flags-all", Header({.flags = all}) + Www()});
  cases->push_back({"flags-rd-ad-cd", Header({.flags = dns::kRd | dns::kAd | dns::kCd}) + Www()});
  for (uint16_t rcode = 1; rcode < 16; ++rcode) {
    cases->push_back({absl::StrCat("rcode-", rcode), Header({.flags = rcode}) + Www()});
  }
  cases->push_back({"flags-all-rcode-15", Header({.flags = static_cast<uint16_t>(all | 15)}) + Www()});
}

void AddOpcodes(std::vector<PacketCase>* cases) {
  for (int opcode = 0; opcode < 16; ++opcode) {
    const uint16_t flags = OpcodeFlags(opcode);
    const std::string name = absl::StrCat("opcode-", opcode);
    cases->push_back(
        {absl::StrCat("response-", name), Header({.flags = static_cast<uint16_t>(flags | dns::kQr)}) + Www()});
    if (opcode == 0) continue;
    cases->push_back({absl::StrCat(name, "-question"), Header({.flags = flags}) + Www()});
    cases->push_back({absl::StrCat(name, "-soa"), Header({.flags = flags}) + Question("hyg.test", rr::kSOA)});
    cases->push_back({absl::StrCat(name, "-rd"), Header({.flags = static_cast<uint16_t>(flags | dns::kRd)}) + Www()});
    cases->push_back({absl::StrCat(name, "-edns"), Header({.flags = flags, .arcount = 1}) + Www() + Opt()});
    cases->push_back({absl::StrCat(name, "-header"), Header({.flags = flags, .qdcount = 0})});
    cases->push_back({absl::StrCat(name, "-cut"), Header({.flags = flags})});
    cases->push_back({absl::StrCat(name, "-two-questions"), Header({.flags = flags, .qdcount = 2}) + Www() + Www()});
    cases->push_back({absl::StrCat(name, "-elsewhere"), Header({.flags = flags}) + Question("other.test", rr::kSOA)});
    cases->push_back({absl::StrCat(name, "-trailing"), Header({.flags = flags}) + Www() + "x"});
    cases->push_back(
        {absl::StrCat(name, "-version-1"), Header({.flags = flags, .arcount = 1}) + Www() + Opt({.version = 1})});
  }
}

void AddResponses(std::vector<PacketCase>* cases) {
  cases->push_back({"response-header", Header({.flags = dns::kQr, .qdcount = 0})});
  cases->push_back({"response-cut", Header({.flags = dns::kQr})});
  cases->push_back({"response-edns", Header({.flags = dns::kQr, .arcount = 1}) + Www() + Opt()});
  cases->push_back({"response-version-1", Header({.flags = dns::kQr, .arcount = 1}) + Www() + Opt({.version = 1})});
  cases->push_back({"response-garbage", Header({.flags = dns::kQr, .qdcount = 7}) + std::string(100, '\xff')});
  for (uint16_t rcode = 1; rcode < 16; ++rcode) {
    cases->push_back(
        {absl::StrCat("response-rcode-", rcode), Header({.flags = static_cast<uint16_t>(dns::kQr | rcode)}) + Www()});
  }
}

void AddCounts(std::vector<PacketCase>* cases) {
  const std::string other = Question("ns.hyg.test");
  cases->push_back({"qdcount-0", Header({.qdcount = 0})});
  cases->push_back({"qdcount-0-rd", Header({.flags = dns::kRd, .qdcount = 0})});
  cases->push_back({"qdcount-0-question", Header({.qdcount = 0}) + Www()});
  cases->push_back({"qdcount-0-edns", Header({.qdcount = 0, .arcount = 1}) + Opt()});
  cases->push_back({"qdcount-0-edns-version-1", Header({.qdcount = 0, .arcount = 1}) + Opt({.version = 1})});
  cases->push_back({"qdcount-0-answer", Header({.qdcount = 0, .ancount = 1}) +
                                            Record(WireName("www.hyg.test"), rr::kA, 1, 60, "\1\2\3\4")});
  cases->push_back({"qdcount-1-cut", Header()});
  cases->push_back({"qdcount-1-edns-only", Header({.arcount = 1}) + Opt()});
  cases->push_back({"qdcount-2", Header({.qdcount = 2}) + Www() + other});
  cases->push_back({"qdcount-2-same", Header({.qdcount = 2}) + Www() + Www()});
  cases->push_back({"qdcount-2-edns", Header({.qdcount = 2, .arcount = 1}) + Www() + other + Opt()});
  cases->push_back({"qdcount-2-one-there", Header({.qdcount = 2}) + Www()});
  cases->push_back({"qdcount-2-other-type", Header({.qdcount = 2}) + Www() + Question("www.hyg.test", rr::kAAAA)});
  cases->push_back({"qdcount-2-pointer", Header({.qdcount = 2}) + Www() + "\xc0\x0c" + U16(rr::kAAAA) + U16(1)});
  cases->push_back({"qdcount-3", Header({.qdcount = 3}) + Www() + other + Www()});
  for (const uint16_t count : {uint16_t{255}, uint16_t{256}, uint16_t{65535}}) {
    cases->push_back({absl::StrCat("qdcount-", count), Header({.qdcount = count}) + Www()});
    cases->push_back({absl::StrCat("ancount-", count), Header({.ancount = count}) + Www()});
    cases->push_back({absl::StrCat("nscount-", count), Header({.nscount = count}) + Www()});
    cases->push_back({absl::StrCat("arcount-", count), Header({.arcount = count}) + Www()});
  }
  cases->push_back({"ancount-1", Header({.ancount = 1}) + Www()});
  cases->push_back({"nscount-1", Header({.nscount = 1}) + Www()});
  cases->push_back({"arcount-1", Header({.arcount = 1}) + Www()});
  cases->push_back({"arcount-2-one-there", Header({.arcount = 2}) + Www() + Opt()});
  cases->push_back({"counts-65535", Header({.qdcount = 65535, .ancount = 65535, .nscount = 65535, .arcount = 65535})});
  cases->push_back({"counts-65535-question", Header({.ancount = 65535, .nscount = 65535, .arcount = 65535}) + Www()});
}

void AddCutAndTrailing(std::vector<PacketCase>* cases) {
  for (size_t size = 0; size < dns::kHeaderSize; ++size) {
    cases->push_back({absl::StrCat("runt-", size), Header({.flags = dns::kRd}).substr(0, size)});
  }
  const std::string plain = Header({.flags = dns::kRd}) + Www();
  for (size_t size = dns::kHeaderSize; size < plain.size(); ++size) {
    cases->push_back({absl::StrCat("cut-", size), plain.substr(0, size)});
  }
  const std::string edns = Header({.arcount = 1}) + Www() + Opt({.options = Option(65001, "four")});
  for (size_t size = plain.size() + 1; size < edns.size(); ++size) {
    cases->push_back({absl::StrCat("cut-edns-", size), edns.substr(0, size)});
  }
  for (const size_t count : {1, 2, 3, 4, 5, 10, 11, 12, 100, 480}) {
    cases->push_back({absl::StrCat("trailing-zeros-", count), plain + std::string(count, '\0')});
    cases->push_back({absl::StrCat("trailing-ones-", count), plain + std::string(count, '\xff')});
    cases->push_back({absl::StrCat("trailing-edns-", count), edns + std::string(count, '\0')});
  }
  cases->push_back({"trailing-opt-uncounted", plain + Opt()});
  cases->push_back({"trailing-question-uncounted", plain + Www()});
  cases->push_back({"trailing-nxdomain", Header() + Question("no.hyg.test") + "x"});
  cases->push_back({"trailing-elsewhere", Header() + Question("www.other.test") + "x"});
}

}  // namespace

std::vector<PacketCase> HeaderCases() {
  std::vector<PacketCase> cases;
  AddFlags(&cases);
  AddOpcodes(&cases);
  AddResponses(&cases);
  AddCounts(&cases);
  AddCutAndTrailing(&cases);
  return cases;
}

}  // namespace strata::tests
