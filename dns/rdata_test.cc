// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

// What stands before the RDATA in the messages below: example. at 0, mail.example. at 9.
constexpr char kNames[] = "07 6578616d706c65 00  04 6d61696c c000";
constexpr size_t kNamesSize = 16;

// Reads all of `hex`, behind kNames, as RDATA; the result in hex, "FAIL" when it fails.
std::string Read(uint16_t type, absl::string_view hex) {
  const std::string message = HexMessage(absl::StrCat(kNames, "\n", hex));
  WireReader reader(message, kNamesSize);
  std::string rdata = "before";
  ReadRdata(type, message.size() - kNamesSize, &reader, &rdata);
  if (!reader.ok()) return "FAIL";
  EXPECT_TRUE(reader.AtEnd());
  EXPECT_EQ(rdata.substr(0, 6), "before");
  EXPECT_TRUE(IsValidRdata(type, rdata.substr(6)));
  return ToHex(rdata.substr(6));
}

TEST(ReadRdata, DecompressesTheTypesOfRfc1035) {
  EXPECT_EQ(Read(rr_type::kNS, "c009"), "046d61696c076578616d706c6500");
  EXPECT_EQ(Read(rr_type::kMX, "000a c009"), "000a046d61696c076578616d706c6500");
  EXPECT_EQ(Read(rr_type::kSOA, "c000 0161 c000 00000001 00000002 00000003 00000004 00000005"),
            "076578616d706c6500"
            "0161076578616d706c6500"
            "0000000100000002000000030000000400000005");
}

TEST(ReadRdata, DecompressesWhatRfc3597AddsToThem) {
  EXPECT_EQ(Read(rr_type::kSRV, "0001 0002 0003 c000"), "000100020003076578616d706c6500");
  EXPECT_EQ(Read(rr_type::kRP, "c000 c000"), "076578616d706c6500076578616d706c6500");
  EXPECT_EQ(Read(rr_type::kNAPTR, "0001 0002 01 73 00 00 c000"), "0001000201730000076578616d706c6500");
}

TEST(ReadRdata, RefusesPointersElsewhere) {
  for (uint16_t type : {rr_type::kDNAME, rr_type::kNSEC, rr_type::kSVCB, rr_type::kHTTPS, rr_type::kRRSIG}) {
    EXPECT_EQ(Read(type, "c000"), "FAIL") << type;
    EXPECT_EQ(Read(type, "0001 c000"), "FAIL") << type;
  }
  EXPECT_EQ(Read(rr_type::kRRSIG, "0001 05 02 00000e10 00000001 00000001 0001 c000 00"), "FAIL");
}

TEST(ReadRdata, TakesUnknownTypesAsTheyAre) {
  EXPECT_EQ(Read(65280, "c000"), "c000");
  EXPECT_EQ(Read(65280, ""), "");
  EXPECT_EQ(Read(10 /*NULL*/, "ff"), "ff");
}

TEST(ReadRdata, StopsAtTheSize) {
  const std::string message = HexMessage("000a 00 ff ff");
  WireReader reader(message);
  std::string rdata;
  ReadRdata(rr_type::kMX, 3, &reader, &rdata);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.position(), 3u);

  ReadRdata(rr_type::kA, 4, &reader, &rdata);  // two octets are left
  EXPECT_FALSE(reader.ok());
}

TEST(ReadRdata, RefusesNamesThatCrossTheSize) {
  const std::string message = HexMessage("000a 0161 00");
  for (size_t size : {0, 1, 2, 3, 4}) {
    WireReader reader(message);
    std::string rdata;
    ReadRdata(rr_type::kMX, size, &reader, &rdata);
    EXPECT_FALSE(reader.ok()) << size;
  }
}

TEST(ReadRdata, RefusesWhatGrowsBeyondALengthField) {
  // A SIG whose signer is one pointer and whose signature fills all that 65535 octets leave.
  const std::string names = HexMessage(kNames);
  const std::string sig =
      absl::StrCat(HexMessage("0001 05 02 00000e10 00000001 00000001 0001 c000"), std::string(65000, 'x'));
  for (size_t more : {0, 515}) {
    const std::string message = absl::StrCat(names, sig, std::string(more, 'x'));
    WireReader reader(message, kNamesSize);
    std::string rdata;
    ReadRdata(24, message.size() - kNamesSize, &reader, &rdata);
    EXPECT_EQ(reader.ok(), more == 0);
  }
}

struct Validity {
  const char* type;
  const char* valid;
  const char* invalid;
};

TEST(IsValidRdata, IsStrict) {
  const Validity kCases[] = {
      {"A", "c0000201", "c00002"},
      {"A", "c0000201", "c000020100"},
      {"AAAA", "20010db8000000000000000000000001", "20010db80000000000000000000000"},
      {"NS", "0161 00", "0161"},
      {"NS", "0161 00", "0161 00 00"},
      {"NS", "00", "c000"},
      {"SOA", "00 00 00000001 00000002 00000003 00000004 00000005", "00 00 00000001 00000002 00000003 00000004 000000"},
      {"TXT", "00", ""},  // at least one string
      {"TXT", "01 61 00", "01 61 02 61"},
      {"HINFO", "00 00", "00"},
      {"HINFO", "00 00", "00 00 00"},
      {"ISDN", "00", ""},
      {"ISDN", "00 00", "00 00 00"},
      {"DNSKEY", "0100 03 05 ff", "0100 03 05"},
      {"KEY", "c000 03 05", "c000 03"},
      {"TLSA", "03 01 01 ff", "03 01 01"},
      {"CAA", "00 05 6973737565", "00 00 6973737565"},     // an empty tag
      {"CAA", "00 05 6973737565", "00 05 69732d7565 61"},  // a hyphen in the tag
      {"CAA", "00 05 6973737565", "00 06 6973737565"},     // a tag that is cut off
      {"DS", "0001 05 09 ff", "0001 05 09"},               // digest type 9 is unknown: any size but none
      {"DS", "0001 05 01 0102030405060708090a0b0c0d0e0f1011121314",
       "0001 05 01 0102030405060708090a0b0c0d0e0f10111213"},
      {"SSHFP", "01 01 0102030405060708090a0b0c0d0e0f1011121314", "01 01 0102030405060708090a0b0c0d0e0f101112131415"},
      {"ZONEMD", "00000001 01 f0 0102030405060708090a0b0c", "00000001 01 f0 0102030405060708090a0b"},
      {"NSEC", "00 0001 02", "00"},          // no type at all
      {"NSEC", "00 0001 02", "00 0001 00"},  // a trailing zero
      {"NSEC3", "01 00 0000 00 14 0102030405060708090a0b0c0d0e0f1011121314",
       "01 00 0000 00 13 0102030405060708090a0b0c0d0e0f10111213"},  // SHA-1 has 20 octets
      {"NSEC3", "02 00 0000 00 01 ff", "02 00 0000 00 00"},
      {"NSEC3PARAM", "01 00 0000 01 aa", "01 00 0000 02 aa"},
      {"SVCB", "0001 00", "0001"},
      {"SVCB", "0001 00 0003 0002 0035", "0001 00 0003 0001 35"},
      {"EUI48", "000000000000", "0000000000"},
  };
  for (const Validity& c : kCases) {
    const uint16_t type = TypeFromText(c.type).value();
    EXPECT_TRUE(IsValidRdata(type, HexMessage(c.valid))) << c.type << " " << c.valid;
    EXPECT_FALSE(IsValidRdata(type, HexMessage(c.invalid))) << c.type << " " << c.invalid;
  }
  EXPECT_TRUE(IsValidRdata(65280, ""));
}

TEST(CanonicalRdata, LowersTheNamesOfListedTypes) {
  EXPECT_EQ(ToHex(CanonicalRdata(rr_type::kMX, HexMessage("4142 0141 00"))), "4142016100");
  EXPECT_EQ(
      ToHex(CanonicalRdata(rr_type::kSOA, HexMessage("0141 00 0142 00 41424344 00000002 00000003 00000004 00000005"))),
      "016100"
      "016200"
      "4142434400000002000000030000000400000005");
  EXPECT_EQ(ToHex(CanonicalRdata(rr_type::kNAPTR, HexMessage("4142 4344 01 53 00 00 0141 00"))),
            "41424344015300000161"
            "00");
  EXPECT_EQ(ToHex(CanonicalRdata(rr_type::kDNAME, HexMessage("0141 00"))), "016100");
}

TEST(CanonicalRdata, LeavesTheOthers) {
  for (uint16_t type : {rr_type::kNSEC, rr_type::kTXT, rr_type::kHTTPS, uint16_t{65280}}) {
    const std::string rdata = HexMessage("0141 00 0001 40");
    EXPECT_EQ(ToHex(CanonicalRdata(type, rdata)), ToHex(rdata)) << type;
  }
}

}  // namespace
}  // namespace strata::dns
