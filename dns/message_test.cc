// SPDX-License-Identifier: Apache-2.0
#include "dns/message.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Name N(absl::string_view text) { return Name::FromText(text).value(); }
std::string Wire(absl::string_view text) { return std::string(N(text).wire()); }

Record Make(absl::string_view owner, uint16_t type, std::string rdata, uint32_t ttl = 3600) {
  Record record;
  record.owner = N(owner);
  record.type = type;
  record.ttl = ttl;
  record.rdata = std::move(rdata);
  return record;
}

Record A(absl::string_view owner, char last = 1) {
  return Make(owner, rr_type::kA, std::string("\xc0\x00\x02", 3) + last);
}
Record Ns(absl::string_view owner, absl::string_view server) { return Make(owner, rr_type::kNS, Wire(server)); }
Record Txt(absl::string_view owner, size_t size) {
  return Make(owner, rr_type::kTXT, static_cast<char>(size) + std::string(size, 't'));
}
Record Rrsig(absl::string_view owner, uint16_t covered) {
  std::string rdata(18, '\0');
  SetU16(rdata.data(), 0, covered);
  return Make(owner, rr_type::kRRSIG, rdata + Wire("example.") + "signature");
}

Message Response(absl::string_view question, uint16_t type = rr_type::kA) {
  Message message;
  message.id = 0x1234;
  message.response = true;
  message.questions.push_back({N(question), type, rr_class::kIN});
  return message;
}

// A referral as a name server sends it.
constexpr absl::string_view kReferral = R"(
  12 34                            ; id
  81 00                            ; QR RD
  00 01 00 00 00 02 00 02          ; 1 question, 2 authority, 2 additional
  ; 12: www.example.com. A IN
  03 77 77 77  07 65 78 61 6d 70 6c 65  03 63 6f 6d 00  00 01 00 01
  ; 33: example.com. 3600 IN NS ns1.example.com.
  c0 10  00 02 00 01  00 00 0e 10  00 06  03 6e 73 31 c0 10
  ; 51: example.com. 3600 IN NS ns.example.org.
  c0 10  00 02 00 01  00 00 0e 10  00 10  02 6e 73 07 65 78 61 6d 70 6c 65 03 6f 72 67 00
  ; 79: ns1.example.com. 60 IN A 192.0.2.1
  c0 2d  00 01 00 01  00 00 00 3c  00 04  c0 00 02 01
  ; 95: OPT, 1232 octets, DO, with an NSID
  00  00 29 04 d0  00 00 80 00  00 06  00 03 00 02 61 62
)";

TEST(ParseMessageTest, Referral) {
  const absl::StatusOr<Message> message = ParseMessage(HexMessage(kReferral));
  ASSERT_THAT(message, IsOk());
  EXPECT_EQ(message->id, 0x1234);
  EXPECT_TRUE(message->response);
  EXPECT_TRUE(message->recursion_desired);
  EXPECT_FALSE(message->authoritative);
  EXPECT_EQ(message->rcode, rcode::kNoError);
  EXPECT_THAT(message->questions, ElementsAre(Question{N("www.example.com."), rr_type::kA, rr_class::kIN}));
  EXPECT_THAT(message->answer, IsEmpty());
  ASSERT_THAT(message->authority, SizeIs(2));
  EXPECT_EQ(RecordToText(message->authority[0]), "example.com.\t3600\tIN\tNS\tns1.example.com.");
  EXPECT_EQ(RecordToText(message->authority[1]), "example.com.\t3600\tIN\tNS\tns.example.org.");
  ASSERT_THAT(message->additional, SizeIs(1)) << "OPT is not among the records";
  EXPECT_EQ(RecordToText(message->additional[0]), "ns1.example.com.\t60\tIN\tA\t192.0.2.1");
  ASSERT_TRUE(message->edns);
  EXPECT_EQ(message->edns->udp_payload_size, 1232);
  EXPECT_EQ(message->edns->version, 0);
  EXPECT_TRUE(message->edns->dnssec_ok);
  EXPECT_THAT(message->edns->options, ElementsAre(EdnsOption{3, "ab"}));
}

TEST(ParseMessageTest, HeaderFields) {
  std::string wire = HexMessage("ab cd 00 00 00 00 00 00 00 00 00 00");
  for (int flags = 0; flags <= 0xffff; ++flags) {
    SetU16(wire.data(), kFlagsOffset, static_cast<uint16_t>(flags));
    const absl::StatusOr<Message> message = ParseMessage(wire);
    ASSERT_THAT(message, IsOk());
    ASSERT_EQ(message->id, 0xabcd);
    ASSERT_EQ(message->response, (flags & kQr) != 0);
    ASSERT_EQ(message->opcode, flags >> 11 & 15);
    ASSERT_EQ(message->authoritative, (flags & kAa) != 0);
    ASSERT_EQ(message->truncated, (flags & kTc) != 0);
    ASSERT_EQ(message->recursion_desired, (flags & kRd) != 0);
    ASSERT_EQ(message->recursion_available, (flags & kRa) != 0);
    ASSERT_EQ(message->authentic_data, (flags & kAd) != 0);
    ASSERT_EQ(message->checking_disabled, (flags & kCd) != 0);
    ASSERT_EQ(message->rcode, flags & 15);
    const absl::StatusOr<std::string> again = SerializeMessage(*message);
    ASSERT_THAT(again, IsOk());
    ASSERT_EQ(GetU16(*again, kFlagsOffset), flags & ~0x0040) << "all but Z is kept";
  }
}

TEST(ParseMessageTest, EveryCutIsAnError) {
  const std::string wire = HexMessage(kReferral);
  for (size_t size = 0; size < wire.size(); ++size) {
    EXPECT_THAT(
        ParseMessage(absl::string_view(wire).substr(0, size)),
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(size < kHeaderSize ? "12 to 65535 octets" : "offset ")))
        << size;
  }
  EXPECT_THAT(ParseMessage(absl::string_view()), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not 0")));
}

TEST(ParseMessageTest, ExtendedRcode) {
  absl::StatusOr<Message> message =
      ParseMessage(HexMessage("00 00 80 00 00 00 00 00 00 00 00 01  00 00 29 04 d0 01 00 00 00 00 00"));
  ASSERT_THAT(message, IsOk());
  EXPECT_EQ(message->rcode, rcode::kBadVers);
  message = ParseMessage(HexMessage("00 00 80 0f 00 00 00 00 00 00 00 01  00 00 29 04 d0 ff 07 00 00 00 00"));
  ASSERT_THAT(message, IsOk());
  EXPECT_EQ(message->rcode, 0xfff);
  EXPECT_EQ(message->edns->version, 7);
}

TEST(ParseMessageTest, TtlWithTheTopBitIsZero) {
  const absl::StatusOr<Message> message =
      ParseMessage(HexMessage("00 00 80 00 00 00 00 02 00 00 00 00"
                              "00 00 01 00 01 80 00 00 00 00 04 01 02 03 04"
                              "00 00 01 00 01 7f ff ff ff 00 04 01 02 03 04"));
  ASSERT_THAT(message, IsOk());
  EXPECT_EQ(message->answer[0].ttl, 0u);
  EXPECT_EQ(message->answer[1].ttl, 0x7fffffffu);
}

TEST(ParseMessageTest, UpdateMayHaveEmptyRdata) {
  constexpr absl::string_view kHeader = "00 00 28 00 00 01 00 01 00 00 00 00  00 00 06 00 01 ";
  for (absl::string_view rr_class : {"00 ff", "00 fe"}) {
    const absl::StatusOr<Message> message =
        ParseMessage(HexMessage(absl::StrCat(kHeader, "00 00 01 ", rr_class, " 00 00 00 00 00 00")));
    ASSERT_THAT(message, IsOk());
    EXPECT_EQ(message->answer[0].rdata, "");
    const absl::StatusOr<std::string> wire = SerializeMessage(*message);
    ASSERT_THAT(wire, IsOk());
    EXPECT_EQ(*ParseMessage(*wire), *message);
  }
  EXPECT_THAT(ParseMessage(HexMessage(absl::StrCat(kHeader, "00 00 01 00 01 00 00 00 00 00 00"))),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("malformed RDATA of type A")));
}

TEST(ParseMessageTest, ErrorsNameOffsetAndReason) {
  const struct {
    absl::string_view wire, error;
  } cases[] = {
      {"00 00 00 00 00 01 00 00 00 00 00 00  c0 0c 00 01 00 01",
       "offset 12, question 1 of 1: malformed or cut off name"},
      {"00 00 00 00 00 02 00 00 00 00 00 00  00 00 01 00 01  40 00 01 00 01",
       "offset 17, question 2 of 2: malformed or cut off name"},
      {"00 00 00 00 00 01 00 00 00 00 00 00  00 00 01 00", "offset 13, question 1 of 1: cut off behind its name"},
      {"00 00 00 00 00 00 ff ff 00 00 00 00", "offset 12, answer record 1 of 65535: malformed or cut off name"},
      {"00 00 00 00 00 00 00 00 00 01 00 00  00 00 01 00 01 00 00 00",
       "offset 13, authority record 1 of 1: cut off behind its owner"},
      {"00 00 00 00 00 00 00 00 00 00 00 01  00 00 01 00 01 00 00 00 00 00",
       "offset 21, additional record 1 of 1: RDATA is cut off"},
      {"00 00 00 00 00 00 00 01 00 00 00 00  00 00 10 00 01 00 00 00 00 00 05 04 61 62 63",
       "offset 21, answer record 1 of 1: RDATA is cut off"},
      {"00 00 00 00 00 00 00 01 00 00 00 00  00 00 01 00 01 00 00 00 00 00 05 01 02 03 04 05",
       "offset 23, answer record 1 of 1: malformed RDATA of type A"},
      // An NS whose name ends before its RDATA does.
      {"00 00 00 00 00 00 00 01 00 00 00 00  00 00 02 00 01 00 00 00 00 00 02 00 00",
       "offset 23, answer record 1 of 1: malformed RDATA of type NS"},
      // A DNAME must not be compressed.
      {"00 00 00 00 00 00 00 01 00 00 00 00  01 61 00 00 27 00 01 00 00 00 00 00 02 c0 0c",
       "offset 25, answer record 1 of 1: malformed RDATA of type DNAME"},
      {"00 00 00 00 00 00 00 01 00 00 00 00  00 00 29 02 00 00 00 00 00 00 00",
       "offset 12, answer record 1 of 1: OPT outside the additional section"},
      {"00 00 00 00 00 00 00 00 00 01 00 00  00 00 29 02 00 00 00 00 00 00 00",
       "offset 12, authority record 1 of 1: OPT outside the additional section"},
      {"00 00 00 00 00 00 00 00 00 00 00 01  01 61 00 00 29 02 00 00 00 00 00 00 00",
       "offset 12, additional record 1 of 1: OPT is not owned by the root"},
      {"00 00 00 00 00 00 00 00 00 00 00 02  00 00 29 02 00 00 00 00 00 00 00  00 00 29 02 00 00 00 00 00 00 00",
       "offset 23, additional record 2 of 2: a second OPT"},
      {"00 00 00 00 00 00 00 00 00 00 00 01  00 00 29 02 00 00 00 00 00 00 04 00 0a 00",
       "offset 15, additional record 1 of 1: OPT is cut off"},
      {"00 00 00 00 00 00 00 00 00 00 00 01  00 00 29 02 00 00 00 00 00 00 04 00 0a 00 01",
       "offset 15, additional record 1 of 1: an EDNS option does not fit into its OPT record"},
      {"00 00 00 00 00 00 00 00 00 00 00 00  01 02 03", "offset 12: 3 octets left over behind the last section"},
      {"00 00 00 00 00 00 00 00 00 00 00", "a message has 12 to 65535 octets, not 11"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseMessage(HexMessage(c.wire)), StatusIs(absl::StatusCode::kInvalidArgument, std::string(c.error)))
        << c.wire;
  }
}

TEST(ParseMessageTest, MoreThanAMessageMayHold) {
  const std::string wire = HexMessage("00 00 00 00 00 00 00 00 00 00 00 00") + std::string(65524, '\0');
  EXPECT_THAT(ParseMessage(wire), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("65535 octets, not 65536")));
}

TEST(SerializeMessageTest, Referral) {
  const absl::StatusOr<Message> message = ParseMessage(HexMessage(kReferral));
  ASSERT_THAT(message, IsOk());
  const absl::StatusOr<std::string> wire = SerializeMessage(*message);
  ASSERT_THAT(wire, IsOk());
  // The same octets, but that OPT now stands before the address.
  const std::string before = HexMessage(kReferral);
  EXPECT_EQ(wire->size(), before.size());
  EXPECT_EQ(ToHex(wire->substr(0, 79)), ToHex(before.substr(0, 79)));
  EXPECT_EQ(ToHex(wire->substr(79, 17)), ToHex(before.substr(95, 17)));
  EXPECT_EQ(ToHex(wire->substr(96)), ToHex(before.substr(79, 16)));
}

TEST(SerializeMessageTest, EmptyMessage) {
  const absl::StatusOr<std::string> wire = SerializeMessage(Message());
  ASSERT_THAT(wire, IsOk());
  EXPECT_EQ(*wire, std::string(12, '\0'));
}

TEST(SerializeMessageTest, TsigStaysLast) {
  Message message = Response("example.");
  message.edns.emplace();
  Record tsig = Make("key.", rr_type::kTSIG, std::string(30, 'x'), 0);
  tsig.rr_class = rr_class::kANY;
  message.additional = {A("example."), tsig};
  const absl::StatusOr<std::string> wire = SerializeMessage(message);
  ASSERT_THAT(wire, IsOk());
  EXPECT_EQ(wire->substr(wire->size() - 30), std::string(30, 'x'));
}

TEST(SerializeMessageTest, WhatHasNoWireForm) {
  const auto error = [](const Message& message) { return std::string(SerializeMessage(message).status().message()); };
  Message message = Response("example.");
  message.opcode = 16;
  EXPECT_THAT(error(message), HasSubstr("no opcode: 16"));

  message = Response("example.");
  message.rcode = rcode::kBadVers;
  EXPECT_THAT(error(message), HasSubstr("rcode 16 exceeds 15, the most without EDNS"));
  message.edns.emplace();
  EXPECT_THAT(SerializeMessage(message), IsOk());
  message.rcode = 0x1000;
  EXPECT_THAT(error(message), HasSubstr("rcode 4096 exceeds 4095"));

  message = Response("example.");
  message.answer.push_back(A("www.example."));
  message.answer.push_back(Make("x.example.", rr_type::kA, "abc"));
  EXPECT_EQ(error(message), "answer record 2 (x.example. A): the RDATA does not fit its type");
  message.answer[1] = Make("x.example.", rr_type::kA, "abcd", 0x80000000);
  EXPECT_EQ(error(message), "answer record 2 (x.example. A): the TTL exceeds 2^31-1");
  message.answer[1] = Make("x.example.", 65280, std::string(65536, 'x'));
  EXPECT_EQ(error(message), "answer record 2 (x.example. TYPE65280): the RDATA exceeds 65535 octets");
  message.answer[1] = Make(".", rr_type::kOPT, "");
  EXPECT_EQ(error(message), "answer record 2 (. OPT): OPT stands in `edns`, not among the records");
  message.answer.pop_back();
  EXPECT_THAT(SerializeMessage(message), IsOk());

  message.edns.emplace();
  message.edns->options = {{1, std::string(40000, 'x')}, {2, std::string(40000, 'x')}};
  EXPECT_THAT(error(message), HasSubstr("EDNS options exceed 65535 octets"));
}

TEST(SerializeMessageTest, HeaderQuestionAndOptMustFit) {
  Message message = Response("www.example.");  // 12 + 13 + 4
  message.edns.emplace();                      // 11
  message.answer.push_back(A("www.example."));
  for (size_t size = 0; size < 40; ++size) EXPECT_FALSE(SerializeMessage(message, size).ok()) << size;
  const absl::StatusOr<std::string> wire = SerializeMessage(message, 40);
  ASSERT_THAT(wire, IsOk());
  EXPECT_EQ(wire->size(), 40u);
  EXPECT_TRUE(ParseMessage(*wire)->truncated);
  EXPECT_TRUE(ParseMessage(*wire)->edns);
}

// The parse of `message` written into `size` octets.
Message Cut(const Message& message, size_t size) {
  const absl::StatusOr<std::string> wire = SerializeMessage(message, size);
  EXPECT_THAT(wire, IsOk());
  EXPECT_LE(wire->size(), size);
  return ParseMessage(*wire).value();
}

TEST(TruncationTest, WholeRrsetsOfTheAnswer) {
  Message message = Response("example.");  // 25 octets; each A is 16 more
  message.answer = {A("example.", 1), A("a.example.", 2), A("a.example.", 3)};
  message.authority = {Ns("example.", "ns.example.")};
  message.additional = {A("ns.example.")};
  const Message cut = Cut(message, 25 + 16 + 18 + 15);  // one octet short of the second of a.example
  EXPECT_TRUE(cut.truncated);
  ASSERT_THAT(cut.answer, SizeIs(1));
  EXPECT_THAT(cut.authority, IsEmpty()) << "nothing comes after the gap";
  EXPECT_THAT(cut.additional, IsEmpty());
  EXPECT_THAT(Cut(message, 25 + 16 + 18 + 16).answer, SizeIs(3));
}

TEST(TruncationTest, AuthorityThatDoesNotFitSetsTc) {
  Message message = Response("example.");
  message.answer = {A("example.")};
  message.authority = {Ns("example.", "a.example."), Ns("example.", "b.example.")};
  message.additional = {A("a.example.")};
  const Message cut = Cut(message, 25 + 16 + 16);
  EXPECT_TRUE(cut.truncated);
  EXPECT_THAT(cut.answer, SizeIs(1));
  EXPECT_THAT(cut.authority, IsEmpty());
  EXPECT_THAT(cut.additional, IsEmpty());
}

TEST(TruncationTest, AdditionalIsLeftOutSilently) {
  Message message = Response("example.");
  message.answer = {Make("example.", rr_type::kMX, std::string("\0\1", 2) + Wire("m.example."))};
  message.additional = {A("m.example.", 1), Txt("x.example.", 9), Txt("x.example.", 200)};
  message.edns.emplace();
  const Message cut = Cut(message, 100);
  EXPECT_FALSE(cut.truncated);
  EXPECT_THAT(cut.answer, SizeIs(1));
  EXPECT_THAT(cut.additional, SizeIs(1)) << "TXT would be half an RRset";
  EXPECT_TRUE(cut.edns);
}

TEST(TruncationTest, SignaturesGoWithWhatTheyCover) {
  Message message = Response("example.");
  message.answer = {A("example."), Rrsig("example.", rr_type::kA)};
  const Message cut = Cut(message, 25 + 16 + 20);
  EXPECT_TRUE(cut.truncated);
  EXPECT_THAT(cut.answer, IsEmpty());
}

TEST(TruncationTest, TcOfTheMessageIsKept) {
  Message message = Response("example.");
  message.truncated = true;
  EXPECT_TRUE(Cut(message, 512).truncated);
}

TEST(TruncationTest, NoCompressionTargetIsLostWithWhatWasLeftOut) {
  // The name of the record that is dropped must not be pointed at by one behind it.
  Message message = Response("example.");
  message.additional = {A("a.b.c.d.example.", 1)};
  message.answer = {Txt("a.b.c.d.example.", 200)};
  const Message cut = Cut(message, 150);
  EXPECT_THAT(cut.answer, IsEmpty());
  message.answer.clear();
  message.authority.clear();
  EXPECT_EQ(Cut(message, 150).additional[0].owner, N("a.b.c.d.example."));
}

// Random messages, for the laws of the header.
class RandomMessage {
 public:
  explicit RandomMessage(uint32_t seed) : random_(seed) {}

  Message Next() {
    Message message;
    message.id = Number(0x10000);
    message.response = Flip();
    message.opcode = Number(16);
    message.authoritative = Flip();
    message.recursion_desired = Flip();
    message.recursion_available = Flip();
    message.authentic_data = Flip();
    message.checking_disabled = Flip();
    message.rcode = Number(16);
    for (uint16_t i = Number(8) == 0 ? Number(4) : 1; i > 0; --i) {
      message.questions.push_back({SomeName(), Number(0x10000), Number(3)});
    }
    for (std::vector<Record>* section : {&message.answer, &message.authority, &message.additional}) {
      for (uint16_t i = Number(7); i > 0; --i) section->push_back(SomeRecord());
    }
    if (Flip()) {
      message.rcode = Number(0x1000);
      message.edns.emplace();
      message.edns->version = Number(256);
      message.edns->udp_payload_size = Number(0x10000);
      message.edns->dnssec_ok = Flip();
      for (uint16_t i = Number(3); i > 0; --i)
        message.edns->options.push_back({Number(20), std::string(Number(9), 'o')});
    }
    return message;
  }

  uint16_t Number(uint32_t below) { return static_cast<uint16_t>(random_() % below); }

 private:
  bool Flip() { return random_() % 2 == 0; }

  Name SomeName() {
    Name name;
    for (uint16_t i = Number(5); i > 0; --i) {
      name = name.Prepend(std::string(1 + Number(3), "aAbc\xe0"[Number(5)])).value();
    }
    return name;
  }

  Record SomeRecord() {
    Record record;
    record.owner = SomeName();
    record.rr_class = Number(5) == 0 ? Number(0x10000) : rr_class::kIN;
    record.ttl = random_() & 0x7fffffff;
    const std::string name(SomeName().wire()), other(SomeName().wire());
    const struct {
      uint16_t type;
      std::string rdata;
    } choices[] = {
        {rr_type::kA, std::string(4, static_cast<char>(Number(3)))},
        {rr_type::kNS, name},
        {rr_type::kCNAME, name},
        {rr_type::kSOA, name + other + std::string(20, 's')},
        {rr_type::kMX, std::string("\0\1", 2) + name},
        {rr_type::kSRV, std::string(6, '\1') + name},
        {rr_type::kRP, name + other},
        {rr_type::kDNAME, name},
        {rr_type::kTXT, "\3txt" + std::string(1, '\0')},
        {rr_type::kNSEC, name + std::string("\0\1\x40", 3)},
        {static_cast<uint16_t>(65280 + Number(3)), std::string(Number(30), 'u')},
    };
    const auto& choice = choices[Number(std::size(choices))];
    record.type = choice.type;
    record.rdata = choice.rdata;
    return record;
  }

  std::mt19937 random_;
};

TEST(MessageLawsTest, ParseOfSerializeIsTheMessage) {
  RandomMessage random(1);
  for (int i = 0; i < 3000; ++i) {
    const Message message = random.Next();
    const absl::StatusOr<std::string> wire = SerializeMessage(message);
    ASSERT_THAT(wire, IsOk());
    const absl::StatusOr<Message> parsed = ParseMessage(*wire);
    ASSERT_THAT(parsed, IsOk()) << ToHex(*wire);
    ASSERT_TRUE(*parsed == message) << ToHex(*wire);
  }
}

// `part` is the beginning of `whole`, and no RRset is in both what is left and what is gone.
void ExpectBeginning(std::vector<Record> part, std::vector<Record> whole) {
  ASSERT_LE(part.size(), whole.size());
  Message a, b;
  b.answer.assign(whole.begin(), whole.begin() + part.size());
  a.answer = part;
  EXPECT_TRUE(a == b);
  for (const Record& kept : part) {
    for (size_t i = part.size(); i < whole.size(); ++i) {
      EXPECT_FALSE(kept.owner == whole[i].owner && kept.type == whole[i].type && kept.rr_class == whole[i].rr_class);
    }
  }
}

TEST(MessageLawsTest, EverySizeIsKeptAndCutsBetweenRrsets) {
  RandomMessage random(2);
  for (int i = 0; i < 100; ++i) {
    const Message message = random.Next();
    const std::string wire = SerializeMessage(message).value();
    for (size_t size = 0; size <= wire.size(); ++size) {
      const absl::StatusOr<std::string> cut_wire = SerializeMessage(message, size);
      if (!cut_wire.ok()) continue;
      ASSERT_LE(cut_wire->size(), size);
      const absl::StatusOr<Message> cut = ParseMessage(*cut_wire);
      ASSERT_THAT(cut, IsOk());
      EXPECT_TRUE(cut->questions == message.questions);
      EXPECT_TRUE(cut->edns == message.edns);
      EXPECT_EQ(cut->rcode, message.rcode);
      ExpectBeginning(cut->answer, message.answer);
      ExpectBeginning(cut->authority, message.authority);
      ExpectBeginning(cut->additional, message.additional);
      const bool required =
          cut->answer.size() == message.answer.size() && cut->authority.size() == message.authority.size();
      EXPECT_EQ(cut->truncated, !required);
      EXPECT_TRUE(required || cut->additional.empty());
      EXPECT_TRUE(size < wire.size() || *cut == message);
    }
  }
}

// Octets changed at random: an error or a message that is written and read back as the same.
TEST(MessageLawsTest, DamagedMessages) {
  RandomMessage random(3);
  int parsed = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string wire = SerializeMessage(random.Next()).value();
    for (uint16_t changes = 1 + random.Number(3); changes > 0; --changes) {
      wire[random.Number(static_cast<uint32_t>(wire.size()))] = static_cast<char>(random.Number(256));
    }
    const absl::StatusOr<Message> message = ParseMessage(wire);
    if (!message.ok()) continue;
    ++parsed;
    const absl::StatusOr<std::string> again = SerializeMessage(*message);
    ASSERT_THAT(again, IsOk());
    ASSERT_TRUE(*ParseMessage(*again) == *message) << ToHex(wire);
  }
  EXPECT_GT(parsed, 1000) << "else this tests little";
}

// Pointers make names large: 14 octets of NS become over 500. A whole message of them stays within a few megabytes, and
// counts alone allocate nothing.
TEST(MessageLawsTest, TheMostThatAMessageCanHold) {
  std::string wire = HexMessage("00 00 80 00 00 01 00 00 00 00 00 00");
  for (int i = 0; i < 127; ++i) wire += "\1x";
  wire += HexMessage("00 00 01 00 01");
  uint16_t count = 0;
  for (; wire.size() + 14 <= kMaxMessageSize; ++count) wire += HexMessage("c0 0c 00 02 00 01 00 00 00 00 00 02 c0 0c");
  SetU16(wire.data(), kAnCountOffset, count);
  absl::StatusOr<Message> message = ParseMessage(wire);
  ASSERT_THAT(message, IsOk());
  EXPECT_THAT(message->answer, SizeIs(count));
  EXPECT_LT(message->answer.capacity(), 2u * count);
  const absl::StatusOr<std::string> again = SerializeMessage(*message);
  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(*again == wire) << "compressed as well as it was";
}

TEST(MessageEqualityTest, CaseOfNamesDoesNotCount) {
  Message a = Response("Example.");
  a.answer = {Ns("www.example.", "NS.example."), Make("x.", rr_type::kTXT, "\1a")};
  Message b = a;
  b.questions[0].name = N("eXAMPLE.");
  b.answer[0].rdata = Wire("ns.EXAMPLE.");
  EXPECT_TRUE(a == b);
  b.answer[1].rdata = "\1A";
  EXPECT_FALSE(a == b) << "text is not a name";
}

TEST(MessageEqualityTest, EveryFieldCounts) {
  Message message = Response("example.");
  message.answer = {A("example.")};
  message.edns.emplace();
  message.edns->options = {{1, "x"}};
  const auto differs = [&](auto change) {
    Message other = message;
    change(&other);
    return !(other == message) && !(message == other);
  };
  EXPECT_TRUE(message == Message(message));
  EXPECT_TRUE(differs([](Message* m) { m->id = 1; }));
  EXPECT_TRUE(differs([](Message* m) { m->response = false; }));
  EXPECT_TRUE(differs([](Message* m) { m->opcode = 1; }));
  EXPECT_TRUE(differs([](Message* m) { m->opcode = 16; }));
  EXPECT_TRUE(differs([](Message* m) { m->authoritative = true; }));
  EXPECT_TRUE(differs([](Message* m) { m->truncated = true; }));
  EXPECT_TRUE(differs([](Message* m) { m->recursion_desired = true; }));
  EXPECT_TRUE(differs([](Message* m) { m->recursion_available = true; }));
  EXPECT_TRUE(differs([](Message* m) { m->authentic_data = true; }));
  EXPECT_TRUE(differs([](Message* m) { m->checking_disabled = true; }));
  EXPECT_TRUE(differs([](Message* m) { m->rcode = 1; }));
  EXPECT_TRUE(differs([](Message* m) { m->rcode = 16; }));
  EXPECT_TRUE(differs([](Message* m) { m->questions[0].type = 2; }));
  EXPECT_TRUE(differs([](Message* m) { m->questions[0].rr_class = 2; }));
  EXPECT_TRUE(differs([](Message* m) { m->questions.clear(); }));
  EXPECT_TRUE(differs([](Message* m) { m->answer[0].ttl = 1; }));
  EXPECT_TRUE(differs([](Message* m) { m->answer[0].type = 2; }));
  EXPECT_TRUE(differs([](Message* m) { m->answer[0].rr_class = 2; }));
  EXPECT_TRUE(differs([](Message* m) { m->answer[0].owner = Name(); }));
  EXPECT_TRUE(differs([](Message* m) { m->answer[0].rdata[0] = 'x'; }));
  EXPECT_TRUE(differs([](Message* m) { m->authority = m->answer; }));
  EXPECT_TRUE(differs([](Message* m) { m->additional = m->answer; }));
  EXPECT_TRUE(differs([](Message* m) { m->edns.reset(); }));
  EXPECT_TRUE(differs([](Message* m) { m->edns->version = 1; }));
  EXPECT_TRUE(differs([](Message* m) { m->edns->udp_payload_size = 1; }));
  EXPECT_TRUE(differs([](Message* m) { m->edns->dnssec_ok = true; }));
  EXPECT_TRUE(differs([](Message* m) { m->edns->options[0].code = 2; }));
  EXPECT_TRUE(differs([](Message* m) { m->edns->options[0].value = "y"; }));
}

}  // namespace
}  // namespace strata::dns
