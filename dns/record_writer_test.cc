// SPDX-License-Identifier: Apache-2.0
#include "dns/record_writer.h"

#include <array>
#include <string>

#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

std::string Wire(absl::string_view text) { return std::string(Name::FromText(text).value().wire()); }

// What is written for `rdata` behind the name "example." at offset 0x0c, in hex.
std::string Written(uint16_t type, const std::string& rdata, std::string* after = nullptr) {
  std::array<char, 2048> buffer;
  WireWriter writer(buffer.data(), buffer.size());
  writer.WriteBytes(std::string(12, '\0'));
  writer.WriteName(Wire("example."));
  const size_t start = writer.size();
  WriteRdata(type, rdata, &writer);
  EXPECT_TRUE(writer.ok());
  const std::string written(writer.message().substr(start));
  writer.WriteName(Wire("ns.example."));
  if (after != nullptr) *after = ToHex(writer.message().substr(start + written.size()));
  return ToHex(written);
}

TEST(WriteRdataTest, NamesOfRfc1035TypesAreCompressed) {
  EXPECT_EQ(Written(rr_type::kNS, Wire("ns.example.")),
            "0005"
            "026e73c00c");
  EXPECT_EQ(Written(rr_type::kCNAME, Wire("Example.")),
            "0002"
            "c00c");
  EXPECT_EQ(Written(rr_type::kPTR, Wire(".")),
            "0001"
            "00");
  EXPECT_EQ(Written(rr_type::kMX, std::string("\0\12", 2) + Wire("ns.example.")),
            "0007"
            "000a"
            "026e73c00c");
  EXPECT_EQ(Written(rr_type::kSOA, Wire("ns.example.") + Wire("h.ns.example.") + std::string(20, '\7')),
            "001d"
            "026e73c00c"
            "0168c017" +
                ToHex(std::string(20, '\7')))
      << "the second name may point into the first";
}

TEST(WriteRdataTest, CompressedNamesAreRememberedOthersAreNot) {
  std::string after;
  Written(rr_type::kNS, Wire("ns.example."), &after);
  EXPECT_EQ(after, "c017");
  Written(rr_type::kSRV, std::string(6, '\0') + Wire("ns.example."), &after);
  EXPECT_EQ(after, "026e73c00c");
}

TEST(WriteRdataTest, NamesOfLaterTypesAreNot) {
  const std::string name = Wire("ns.example.");
  const std::string hex = ToHex(name);
  EXPECT_EQ(Written(rr_type::kSRV, std::string(6, '\1') + name),
            "0012"
            "010101010101" +
                hex);
  EXPECT_EQ(Written(rr_type::kDNAME, name), "000c" + hex);
  EXPECT_EQ(Written(rr_type::kRP, name + name), "0018" + hex + hex);
  EXPECT_EQ(Written(rr_type::kAFSDB, std::string(2, '\1') + name),
            "000e"
            "0101" +
                hex);
  EXPECT_EQ(Written(rr_type::kNSEC, name + std::string("\0\1\x40", 3)), "000f" + hex + "000140");
  EXPECT_EQ(Written(65280, name), "000c" + hex) << "an unknown type";
}

TEST(WriteRdataTest, TypesWithoutNames) {
  EXPECT_EQ(Written(rr_type::kA, "\x01\x02\x03\x04"),
            "0004"
            "01020304");
  EXPECT_EQ(Written(rr_type::kTXT, "\3abc"),
            "0004"
            "03616263");
}

TEST(WriteRdataTest, EmptyRdataStaysEmpty) {  // as an UPDATE has it
  for (uint16_t type : {rr_type::kA, rr_type::kNS, rr_type::kMX, rr_type::kSOA, rr_type::kANY}) {
    EXPECT_EQ(Written(type, ""), "0000") << type;
  }
}

TEST(WriteRecordTest, AllFields) {
  Record record;
  record.owner = Name::FromText("Ns.example.").value();
  record.type = rr_type::kNS;
  record.rr_class = rr_class::kIN;
  record.ttl = 0x01020304;
  record.rdata = Wire("b.NS.example.");
  std::array<char, 100> buffer;
  WireWriter writer(buffer.data(), buffer.size());
  writer.WriteBytes(std::string(12, '\0'));
  WriteRecord(record, &writer);
  EXPECT_EQ(ToHex(writer.message().substr(12)),
            "024e73076578616d706c6500"
            "0002"
            "0001"
            "01020304"
            "0004"
            "0162c00c");
}

TEST(WriteRecordTest, FailsWithoutRoom) {
  Record record;
  record.owner = Name::FromText("ns.example.").value();
  record.type = rr_type::kMX;
  record.rdata = std::string(2, '\0') + Wire("a.b.");
  for (size_t capacity = 0; capacity <= 30; ++capacity) {
    std::string buffer(capacity, '\x5a');
    buffer.shrink_to_fit();
    WireWriter writer(buffer.data(), capacity);
    WriteRecord(record, &writer);
    EXPECT_EQ(writer.ok(), capacity >= 12 + 10 + 2 + 5) << capacity;
  }
}

}  // namespace
}  // namespace strata::dns
