// SPDX-License-Identifier: Apache-2.0
#include "dns/query.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

constexpr absl::string_view kHeader = R"(
  12 34       ; id
  01 00       ; RD
  00 01 00 00 00 00 00 00
)";
constexpr absl::string_view kHeaderOneAdditional = R"(
  12 34       ; id
  01 00       ; RD
  00 01 00 00 00 00 00 01
)";
constexpr absl::string_view kQuestion = R"(
  03 77 57 77 07 45 78 61 6d 70 6c 65 00   ; wWw.Example.
  00 01       ; A
  00 01       ; IN
)";
constexpr absl::string_view kOpt = R"(
  00          ; the root
  00 29       ; OPT
  04 d0       ; 1232 octets
  00 00       ; extended rcode, version
  80 00       ; DO
  00 00       ; no options
)";

QueryVerdict Parse(const std::string& packet) {
  Query query;
  return ParseQuery(packet, &query);
}

template <typename... Parts>
std::string Packet(Parts... parts) {
  return HexMessage(absl::StrCat(parts...));
}

TEST(ParseQueryTest, PlainQuery) {
  const std::string packet = Packet(kHeader, kQuestion);
  Query query;
  ASSERT_EQ(ParseQuery(packet, &query), QueryVerdict::kAnswer);
  EXPECT_EQ(query.id, 0x1234);
  EXPECT_EQ(query.opcode(), opcode::kQuery);
  EXPECT_TRUE(query.recursion_desired());
  EXPECT_FALSE(query.checking_disabled());
  EXPECT_FALSE(query.authentic_data());
  EXPECT_EQ(query.name.wire(), Name::FromText("www.example.")->wire());
  EXPECT_EQ(query.type, rr_type::kA);
  EXPECT_EQ(query.rr_class, rr_class::kIN);
  EXPECT_EQ(query.question, HexMessage(kQuestion)) << "case kept";
  EXPECT_EQ(query.question.data(), packet.data() + kHeaderSize);
  EXPECT_FALSE(query.has_edns);
}

TEST(ParseQueryTest, HeaderBits) {
  Query query;
  for (int flags = 0; flags < 0x0800; ++flags) {  // opcode QUERY, every other bit and rcode
    std::string packet = Packet(kHeader, kQuestion);
    SetU16(packet.data(), kFlagsOffset, static_cast<uint16_t>(flags));
    ASSERT_EQ(ParseQuery(packet, &query), QueryVerdict::kAnswer) << flags;
    ASSERT_EQ(query.flags, flags);
    ASSERT_EQ(query.recursion_desired(), (flags & 0x0100) != 0);
    ASSERT_EQ(query.authentic_data(), (flags & 0x0020) != 0);
    ASSERT_EQ(query.checking_disabled(), (flags & 0x0010) != 0);
  }
}

TEST(ParseQueryTest, RootAndLargestNames) {
  Query query;
  ASSERT_EQ(ParseQuery(Packet(kHeader, "00 00 02 00 01"), &query), QueryVerdict::kAnswer);
  EXPECT_EQ(query.name.label_count(), 0);
  EXPECT_EQ(query.type, rr_type::kNS);

  std::string name;
  for (int i = 0; i < 127; ++i) name += "\1x";
  std::string packet = Packet(kHeader) + name;
  packet += HexMessage("00 00 01 00 01");
  ASSERT_EQ(ParseQuery(packet, &query), QueryVerdict::kAnswer);
  EXPECT_EQ(query.name.label_count(), 127);

  packet = Packet(kHeader) + name + "\1x" + HexMessage("00 00 01 00 01");  // 257 octets
  EXPECT_EQ(Parse(packet), QueryVerdict::kFormErr);
  packet = Packet(kHeader) + "\2y" + name + HexMessage("00 00 01 00 01");
  EXPECT_EQ(Parse(packet), QueryVerdict::kFormErr);
}

TEST(ParseQueryTest, Runts) {
  const std::string packet = Packet(kHeader, kQuestion);
  for (size_t size = 0; size < kHeaderSize; ++size)
    EXPECT_EQ(Parse(packet.substr(0, size)), QueryVerdict::kDrop) << size;
  for (size_t size = kHeaderSize; size < packet.size(); ++size) {
    EXPECT_EQ(Parse(packet.substr(0, size)), QueryVerdict::kFormErr) << size;
  }
  Query query;
  EXPECT_EQ(ParseQuery(absl::string_view(), &query), QueryVerdict::kDrop);
}

TEST(ParseQueryTest, RuntsWithOpt) {
  const std::string packet = Packet(kHeaderOneAdditional, kQuestion, kOpt);
  Query query;
  ASSERT_EQ(ParseQuery(packet, &query), QueryVerdict::kAnswer);
  for (size_t size = kHeaderSize; size < packet.size(); ++size) {
    EXPECT_EQ(ParseQuery(packet.substr(0, size), &query), QueryVerdict::kFormErr) << size;
    EXPECT_FALSE(query.has_edns) << "a part of an OPT is none";
  }
}

TEST(ParseQueryTest, ResponsesAreDropped) {
  std::string packet = Packet(kHeader, kQuestion);
  for (int opcode = 0; opcode < 16; ++opcode) {
    SetU16(packet.data(), kFlagsOffset, static_cast<uint16_t>(kQr | opcode << kOpcodeShift));
    EXPECT_EQ(Parse(packet), QueryVerdict::kDrop) << "a reply to a reply would never end";
  }
}

TEST(ParseQueryTest, OtherOpcodes) {
  std::string packet = Packet(kHeaderOneAdditional, kQuestion, kOpt);
  Query query;
  for (int opcode = 1; opcode < 16; ++opcode) {
    SetU16(packet.data(), kFlagsOffset, static_cast<uint16_t>(opcode << kOpcodeShift | kRd));
    EXPECT_EQ(ParseQuery(packet, &query), QueryVerdict::kNotImp) << opcode;
    EXPECT_EQ(query.opcode(), opcode);
    EXPECT_EQ(query.id, 0x1234);
    EXPECT_TRUE(query.recursion_desired());
    EXPECT_TRUE(query.has_edns) << "RFC 6891 §6.1.1: who has EDNS gets it";
    EXPECT_TRUE(query.question.empty()) << "it may be none";
    // Other opcodes lay out the rest otherwise, so it does not matter.
    for (size_t size = kHeaderSize; size < packet.size(); ++size) {
      EXPECT_EQ(ParseQuery(packet.substr(0, size), &query), QueryVerdict::kNotImp) << opcode;
      EXPECT_FALSE(query.has_edns);
    }
  }
}

TEST(ParseQueryTest, OtherOpcodesWithAnotherVersion) {
  std::string packet = Packet(kHeaderOneAdditional, kQuestion, "00 00 29 04 d0 00 01 80 00 00 00");
  SetU16(packet.data(), kFlagsOffset, opcode::kUpdate << kOpcodeShift);
  EXPECT_EQ(Parse(packet), QueryVerdict::kBadVers);
}

TEST(ParseQueryTest, NoQuestion) {
  const std::string none = HexMessage("12 34 01 00 00 00 00 00 00 00 00 00");
  EXPECT_EQ(Parse(none), QueryVerdict::kNoQuestion);
  EXPECT_EQ(Parse(none + HexMessage(kQuestion)), QueryVerdict::kNoQuestion) << "one that is not counted is none";
  const std::string with_opt = HexMessage("12 34 01 00 00 00 00 00 00 00 00 01");
  Query query;
  ASSERT_EQ(ParseQuery(with_opt + HexMessage(kOpt), &query), QueryVerdict::kNoQuestion);
  EXPECT_TRUE(query.has_edns) << "options are all that it can be about";
  EXPECT_EQ(Parse(with_opt), QueryVerdict::kFormErr);
  EXPECT_EQ(Parse(with_opt + HexMessage("00 00 29 04 d0 00 01 80 00 00 00")), QueryVerdict::kBadVers);
}

TEST(ParseQueryTest, MoreThanOneQuestion) {
  const std::string two = HexMessage("12 34 01 00 00 02 00 00 00 00 00 00");
  EXPECT_EQ(Parse(two + HexMessage(kQuestion) + HexMessage(kQuestion)), QueryVerdict::kFormErr) << "RFC 9619";
  EXPECT_EQ(Parse(two + HexMessage(kQuestion)), QueryVerdict::kFormErr);
  const std::string many = HexMessage("12 34 01 00 ff ff 00 00 00 00 00 00");
  EXPECT_EQ(Parse(many + HexMessage(kQuestion)), QueryVerdict::kFormErr);
}

TEST(ParseQueryTest, NamesThatAreNone) {
  for (absl::string_view name : {
           "c0 0c",              // a pointer to itself
           "c0 00",              // into the header
           "03 77 77 77 c0 0c",  // a pointer behind a label
           "40",                 // the reserved label types
           "80 78 00",           //
           "41 01 02 03 00",     // a binary label (RFC 2673, dropped by RFC 6891)
           "3f 74 6f 6f 00",     //
       }) {
    EXPECT_EQ(Parse(Packet(kHeader, name, " 00 01 00 01")), QueryVerdict::kFormErr) << name;
  }
}

TEST(ParseQueryTest, TrailingOctetsAreIgnored) {
  Query query;
  EXPECT_EQ(Parse(Packet(kHeader, kQuestion, "00")), QueryVerdict::kAnswer);
  EXPECT_EQ(ParseQuery(Packet(kHeader, kQuestion, kOpt), &query), QueryVerdict::kAnswer);
  EXPECT_FALSE(query.has_edns) << "an OPT that is not counted is none";
  EXPECT_EQ(ParseQuery(Packet(kHeaderOneAdditional, kQuestion, kOpt, "ff"), &query), QueryVerdict::kAnswer);
  EXPECT_TRUE(query.has_edns);
}

TEST(ParseQueryTest, CountsOfRecordsThatAreNotThere) {
  for (size_t at : {kAnCountOffset, kNsCountOffset, kArCountOffset}) {
    for (int count : {1, 2, 0xffff}) {
      std::string packet = Packet(kHeader, kQuestion);
      SetU16(packet.data(), at, static_cast<uint16_t>(count));
      EXPECT_EQ(Parse(packet), QueryVerdict::kFormErr) << at << " " << count;
    }
  }
  std::string packet = Packet(kHeader, kQuestion);
  SetU16(packet.data(), kAnCountOffset, 0xffff);
  SetU16(packet.data(), kNsCountOffset, 0xffff);
  SetU16(packet.data(), kArCountOffset, 0xffff);
  EXPECT_EQ(Parse(packet), QueryVerdict::kFormErr);
}

TEST(ParseQueryTest, OtherRecordsAreSteppedOver) {
  const std::string packet = Packet("12 34 00 00 00 01 00 01 00 01 00 03", kQuestion,
                                    "c0 0c 00 01 00 01 00 00 00 00 00 04 c0 00 02 01 ",  // A, its owner a pointer
                                    "c0 10 00 06 00 01 00 00 00 00 00 16 00 00 ",        // SOA (IXFR)
                                    "00 00 00 01 00 00 00 01 00 00 00 01 00 00 00 01 00 00 00 01 ",
                                    "01 78 00 00 10 00 01 00 00 00 00 00 02 01 79 ",      // TXT
                                    kOpt,                                                 //
                                    "01 6b 00 ff 01 00 01 00 00 00 00 00 03 01 02 03 ");  // a type that is not assigned
  Query query;
  ASSERT_EQ(ParseQuery(packet, &query), QueryVerdict::kAnswer);
  EXPECT_TRUE(query.has_edns);
  for (size_t size = kHeaderSize; size < packet.size(); ++size) {
    ASSERT_EQ(Parse(packet.substr(0, size)), QueryVerdict::kFormErr) << size;
  }
}

TEST(ParseQueryTest, OtherRecordsAreSound) {
  for (absl::string_view record : {
           "c0 0c 00 01 00 01 00 00 00 00 00 03 01 02 03",     // A of three octets
           "c0 0c 00 01 00 01 00 00 00 00 00 00",              // A of none
           "c0 0c 00 02 00 01 00 00 00 00 00 02 c0 ff",        // NS, a pointer out of the packet
           "c0 0c 00 10 00 01 00 00 00 00 00 02 05 79",        // TXT, a string beyond the end
           "c0 0c 00 01 00 03 00 00 00 00 00 04 c0 00 02 01",  // class CH
           "c0 0c 00 01 00 ff 00 00 00 00 00 00",              // class ANY, as in UPDATE
           "c0 0c 00 00 00 01 00 00 00 00 00 00",              // type 0
           "00 00 18 00 ff 00 00 00 00 00 00",                 // SIG(0) without RDATA
           "c0 0c 00 ff 00 01 00 00 00 00 00 00",              // ANY, which only questions have
           "c0 0c 00 fc 00 01 00 00 00 00 00 00",              // AXFR
           "c0 1d 00 01 00 01 00 00 00 00 00 04 c0 00 02 01",  // its owner points to itself
       }) {
    EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, record)), QueryVerdict::kFormErr) << record;
  }
}

TEST(ParseQueryTest, RecordsOfTransactionsHaveClassAny) {
  EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, "00 00 f9 00 ff 00 00 00 00 00 02 01 02")),
            QueryVerdict::kAnswer)
      << "TKEY";
  EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, "00 00 18 00 ff 00 00 00 00 00 14 00 00 08 00 00 00 00 00",
                         "00 00 00 02 00 00 00 01 00 07 00 01")),
            QueryVerdict::kAnswer)
      << "SIG(0)";
}

TEST(ParseQueryTest, UpdatesHaveRecordsOfOtherClasses) {
  std::string packet = Packet("12 34 00 00 00 01 00 01 00 01 00 01", kQuestion, "c0 0c 00 01 00 ff 00 00 00 00 00 00",
                              "c0 0c 00 01 00 fe 00 00 00 00 00 04 c0 00 02 01", kOpt);
  SetU16(packet.data(), kFlagsOffset, opcode::kUpdate << kOpcodeShift);
  Query query;
  EXPECT_EQ(ParseQuery(packet, &query), QueryVerdict::kNotImp);
  EXPECT_TRUE(query.has_edns);
}

constexpr absl::string_view kTsig = R"(
  01 6b 00            ; k
  00 fa 00 ff         ; TSIG, class ANY
  00 00 00 00
  00 19               ; RDLENGTH
  03 61 6c 67 00      ; algorithm
  00 00 60 00 00 00   ; time
  01 2c               ; fudge
  00 04 aa bb cc dd   ; MAC
  12 34 00 00 00 00   ; original ID, error, other
)";

TEST(ParseQueryTsigTest, KeysAreUnknown) {
  const std::string packet = Packet("12 34 00 00 00 01 00 00 00 00 00 02", kQuestion, kOpt, kTsig);
  Query query;
  ASSERT_EQ(ParseQuery(packet, &query), QueryVerdict::kUnknownKey);
  EXPECT_TRUE(query.has_edns);
  EXPECT_FALSE(query.question.empty());
  EXPECT_EQ(query.tsig.key, HexMessage("01 6b 00"));
  EXPECT_EQ(query.tsig.algorithm, HexMessage("03 61 6c 67 00"));
  EXPECT_EQ(query.tsig.original_id, 0x1234);
  std::string other = packet;
  SetU16(other.data(), kFlagsOffset, opcode::kNotify << kOpcodeShift);
  EXPECT_EQ(Parse(other), QueryVerdict::kNotImp);
}

TEST(ParseQueryTsigTest, CompressedOwner) {
  const std::string rest = HexMessage(kTsig).substr(3);
  Query query;
  ASSERT_EQ(ParseQuery(Packet(kHeaderOneAdditional, kQuestion, "c0 0c") + rest, &query), QueryVerdict::kUnknownKey);
  EXPECT_TRUE(query.tsig.key.empty());
}

TEST(ParseQueryTsigTest, OutOfPlaceOrMalformed) {
  const absl::string_view two = "12 34 00 00 00 01 00 00 00 00 00 02";
  EXPECT_EQ(Parse(Packet(two, kQuestion, kTsig, kOpt)), QueryVerdict::kFormErr) << "RFC 8945 §5.1: the last";
  EXPECT_EQ(Parse(Packet(two, kQuestion, kTsig, kTsig)), QueryVerdict::kFormErr);
  EXPECT_EQ(Parse(Packet("12 34 00 00 00 01 00 01 00 00 00 00", kQuestion, kTsig)), QueryVerdict::kFormErr);
  EXPECT_EQ(Parse(Packet("12 34 00 00 00 01 00 00 00 01 00 00", kQuestion, kTsig)), QueryVerdict::kFormErr);
  std::string packet = Packet(kHeaderOneAdditional, kQuestion, kTsig);
  ASSERT_EQ(Parse(packet), QueryVerdict::kUnknownKey);
  const size_t tsig_at = packet.size() - HexMessage(kTsig).size();
  packet[tsig_at + 6] = 1;
  EXPECT_EQ(Parse(packet), QueryVerdict::kFormErr) << "class";
  EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, "01 6b 00 00 fa 00 ff 00 00 00 00 00 00")),
            QueryVerdict::kFormErr);
}

TEST(ParseQueryEdnsTest, Fields) {
  const std::string packet = Packet(kHeaderOneAdditional, kQuestion, R"(
      00
      00 29
      ff ff             ; 65535 octets
      12 00             ; extended rcode: nothing in a query, but kept
      80 00             ; DO
      00 0c
      00 0a 00 08 01 02 03 04 05 06 07 08   ; COOKIE
  )");
  Query query;
  ASSERT_EQ(ParseQuery(packet, &query), QueryVerdict::kAnswer);
  ASSERT_TRUE(query.has_edns);
  EXPECT_EQ(query.edns.udp_payload_size, 65535);
  EXPECT_EQ(query.edns.extended_rcode, 0x12);
  EXPECT_EQ(query.edns.version, 0);
  EXPECT_TRUE(query.edns.dnssec_ok);
  EdnsOptionCursor option(query.edns.options);
  ASSERT_TRUE(option.Next());
  EXPECT_EQ(option.code(), edns_option::kCookie);
  EXPECT_EQ(option.value(), "\x01\x02\x03\x04\x05\x06\x07\x08");
  EXPECT_EQ(option.value().data() + 8, packet.data() + packet.size()) << "a view of the packet";
  EXPECT_FALSE(option.Next());
}

TEST(ParseQueryEdnsTest, FlagsOtherThanDoAreIgnored) {
  Query query;
  ASSERT_EQ(ParseQuery(Packet(kHeaderOneAdditional, kQuestion, "00 00 29 02 00 00 00 7f ff 00 00"), &query),
            QueryVerdict::kAnswer);
  EXPECT_FALSE(query.edns.dnssec_ok);
}

TEST(ParseQueryEdnsTest, OtherVersionsComeBeforeWhatTheyMayRedefine) {
  Query query;
  ASSERT_EQ(ParseQuery(Packet(kHeaderOneAdditional, kQuestion, "00 00 29 04 d0 00 01 80 00 00 00"), &query),
            QueryVerdict::kBadVers);
  EXPECT_TRUE(query.has_edns);
  EXPECT_EQ(query.edns.version, 1);
  EXPECT_FALSE(query.question.empty());
  EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, "00 00 29 04 d0 00 ff 80 00 00 03 01 02 03")),
            QueryVerdict::kBadVers)
      << "options of version 255 may look like anything";
}

TEST(ParseQueryEdnsTest, MalformedOptions) {
  Query query;
  for (absl::string_view options : {
           "00 01 00",                 // a part of an option's head
           "00 03 00 0a 00",           //
           "00 04 00 0a 00 01",        // a value that is not there
           "00 06 00 0a 00 01 ff 00",  // a good one, then a part
           "00 05 00 0a ff ff 01",     //
       }) {
    EXPECT_EQ(ParseQuery(Packet(kHeaderOneAdditional, kQuestion, "00 00 29 04 d0 00 00 00 00", options), &query),
              QueryVerdict::kFormErr)
        << options;
    EXPECT_FALSE(query.has_edns) << "others answer without one, too";
  }
}

TEST(ParseQueryEdnsTest, TwoOpts) {
  EXPECT_EQ(Parse(Packet("12 34 01 00 00 01 00 00 00 00 00 02", kQuestion, kOpt, kOpt)), QueryVerdict::kFormErr);
}

TEST(ParseQueryEdnsTest, OptInAnotherSection) {
  EXPECT_EQ(Parse(Packet("12 34 01 00 00 01 00 01 00 00 00 00", kQuestion, kOpt)), QueryVerdict::kFormErr);
  EXPECT_EQ(Parse(Packet("12 34 01 00 00 01 00 00 00 01 00 00", kQuestion, kOpt)), QueryVerdict::kFormErr);
}

TEST(ParseQueryEdnsTest, OptOwnedByAnotherName) {
  const absl::string_view rest = " 00 29 04 d0 00 00 00 00 00 00";
  EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, "01 78 00", rest)), QueryVerdict::kFormErr);
  EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, "c0 0c", rest)), QueryVerdict::kFormErr);
  EXPECT_EQ(Parse(Packet(kHeaderOneAdditional, kQuestion, "40", rest)), QueryVerdict::kFormErr);
}

TEST(ParseQueryTest, NothingOfThePacketBeforeShowsThrough) {
  const std::string good = Packet(kHeaderOneAdditional, kQuestion, kOpt);
  const std::string bad[] = {
      "",
      good.substr(0, 11),
      good.substr(0, kHeaderSize),
      HexMessage("ab cd 80 00 00 01 00 00 00 00 00 00"),  // a response
      HexMessage("ab cd 28 00 00 01 00 00 00 00 00 00"),  // UPDATE
      HexMessage("ab cd 00 00 00 02 00 00 00 00 00 00"),
      HexMessage("ab cd 00 00 00 01 00 00 00 00 00 00") + "\x40",
  };
  Query query;
  for (const std::string& packet : bad) {
    ASSERT_EQ(ParseQuery(good, &query), QueryVerdict::kAnswer);
    ASSERT_NE(ParseQuery(packet, &query), QueryVerdict::kAnswer);
    EXPECT_EQ(query.name.label_count(), 0);
    EXPECT_EQ(query.name.wire().size(), 1u);
    EXPECT_EQ(query.type, 0);
    EXPECT_EQ(query.rr_class, 0);
    EXPECT_TRUE(query.question.empty());
    EXPECT_FALSE(query.has_edns);
    EXPECT_FALSE(query.edns.dnssec_ok);
    EXPECT_EQ(query.edns.udp_payload_size, 512);
    EXPECT_TRUE(query.edns.options.empty());
    EXPECT_EQ(query.id, packet.size() < kHeaderSize ? 0 : GetU16(packet, 0));
  }
}

// Every octet changed to every value, and random packets: some verdict, and no read outside (as the sanitizers see it).
TEST(ParseQueryTest, IsTotal) {
  const std::string good = Packet(kHeaderOneAdditional, kQuestion, kOpt);
  Query query;
  for (size_t at = 0; at < good.size(); ++at) {
    for (int octet = 0; octet < 256; ++octet) {
      std::string packet = good;
      packet[at] = static_cast<char>(octet);
      packet.shrink_to_fit();
      const QueryVerdict verdict = ParseQuery(packet, &query);
      ASSERT_TRUE(verdict != QueryVerdict::kAnswer || !query.question.empty());
    }
  }
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    std::string packet = Packet("12 34 00 00 00 01 00 00 00 00 00 01");
    for (uint32_t size = random() % 64; size > 0; --size)
      packet.push_back(static_cast<char>(random() % 8 == 0 ? random() : random() % 4));
    ParseQuery(packet, &query);
  }
}

}  // namespace
}  // namespace strata::dns
