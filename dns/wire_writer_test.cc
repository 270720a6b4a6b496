// SPDX-License-Identifier: Apache-2.0
#include "dns/wire_writer.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/wire_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

std::string Wire(absl::string_view text) { return std::string(Name::FromText(text).value().wire()); }

// Guards octets on both sides, so that a write outside the capacity shows.
class Buffer {
 public:
  explicit Buffer(size_t capacity) : octets_(capacity + 2 * kGuard, kGuardOctet), capacity_(capacity) {}
  char* data() { return octets_.data() + kGuard; }
  size_t capacity() const { return capacity_; }
  bool Intact() const {
    const std::string guard(kGuard, kGuardOctet);
    return octets_.substr(0, kGuard) == guard && octets_.substr(kGuard + capacity_) == guard;
  }
  // All octets from `at` on are untouched.
  bool UntouchedFrom(size_t at) const {
    return octets_.find_first_not_of(kGuardOctet, kGuard + at) == std::string::npos;
  }

 private:
  static constexpr size_t kGuard = 64;
  static constexpr char kGuardOctet = '\x5a';
  std::string octets_;
  size_t capacity_;
};

// A writer behind a header of zeros, as in a message.
struct MessageWriter {
  explicit MessageWriter(size_t capacity = 65535) : buffer(capacity), writer(buffer.data(), capacity) {
    for (size_t i = 0; i < kHeaderSize; ++i) writer.WriteU8(0);
  }
  // What was written behind the header.
  std::string body() const { return std::string(writer.message().substr(kHeaderSize)); }

  Buffer buffer;
  WireWriter writer;
};

std::string ReadNameAt(absl::string_view message, size_t* at) {
  WireReader reader(message, *at);
  std::string wire;
  reader.ReadName(&wire);
  EXPECT_TRUE(reader.ok()) << "at " << *at;
  *at = reader.position();
  return wire;
}

TEST(WireWriterTest, WritesBigEndian) {
  Buffer buffer(100);
  WireWriter writer(buffer.data(), 100);
  writer.WriteU8(0x01);
  writer.WriteU16(0x0203);
  writer.WriteU32(0x04050607);
  writer.WriteBytes("ab");
  EXPECT_EQ(writer.message(), "\x01\x02\x03\x04\x05\x06\x07\x61\x62");
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.remaining(), 91u);
}

TEST(WireWriterTest, EmptyBytesAreFineAnywhere) {
  WireWriter none(nullptr, 0);
  none.WriteBytes(absl::string_view());
  none.WriteBytes("");
  EXPECT_TRUE(none.ok());
  EXPECT_TRUE(none.message().empty());
}

TEST(WireWriterTest, EveryCapacityIsKept) {
  const std::string name = Wire("www.example.com.");
  for (size_t capacity = 0; capacity <= 40; ++capacity) {
    Buffer buffer(capacity);
    WireWriter writer(buffer.data(), capacity);
    writer.WriteU8(1);
    writer.WriteU16(2);
    writer.WriteU32(3);
    writer.WriteName(name);
    writer.WriteName(name);
    writer.WriteBytes("seven..");
    writer.WriteU8(9);
    EXPECT_TRUE(buffer.Intact()) << capacity;
    EXPECT_EQ(writer.ok(), capacity >= 1 + 2 + 4 + 17 + 2 + 7 + 1) << capacity;
    EXPECT_LE(writer.size(), capacity);
    EXPECT_TRUE(buffer.UntouchedFrom(writer.size())) << capacity;
  }
}

TEST(WireWriterTest, FailureIsStickyAndLeavesNoPart) {
  Buffer buffer(20);
  WireWriter writer(buffer.data(), 20);
  writer.WriteU32(0x01020304);
  writer.WriteName(Wire("a-long-label.example."));  // 22 octets; its first label alone would fit
  EXPECT_FALSE(writer.ok());
  EXPECT_EQ(writer.size(), 4u);
  writer.WriteU8(7);  // would fit, but comes after the failure
  writer.WriteName(Wire("."));
  writer.WriteBytes("x");
  EXPECT_EQ(writer.message(), "\x01\x02\x03\x04");
  EXPECT_TRUE(buffer.UntouchedFrom(4));
}

TEST(WireWriterTest, RollbackReturnsToTheMark) {
  MessageWriter m(60);
  m.writer.WriteName(Wire("example.com."));
  const WireWriter::Mark mark = m.writer.mark();
  m.writer.WriteName(Wire("www.example.com."));
  m.writer.WriteBytes(std::string(40, 'x'));
  EXPECT_FALSE(m.writer.ok());
  m.writer.Rollback(mark);
  EXPECT_TRUE(m.writer.ok());
  EXPECT_EQ(m.body(), Wire("example.com."));
  // "www.example.com" went with the rollback, "example.com" did not.
  m.writer.WriteName(Wire("mail.example.com."));
  m.writer.WriteName(Wire("www.example.com."));
  EXPECT_EQ(m.body(), Wire("example.com.") + "\4mail\xc0\x0c" + "\3www\xc0\x0c");
}

TEST(WireWriterTest, RollbackToAMarkSetAfterTheFailureDoesNotHideIt) {
  Buffer buffer(3);
  WireWriter writer(buffer.data(), 3);
  writer.WriteU32(1);
  const WireWriter::Mark late = writer.mark();
  writer.Rollback(late);
  EXPECT_FALSE(writer.ok());
}

TEST(WireWriterTest, CapacityMovesBetweenSizeAndTheConstructors) {
  Buffer buffer(10);
  WireWriter writer(buffer.data(), 10);
  writer.WriteU32(1);
  writer.SetCapacity(5);
  EXPECT_EQ(writer.remaining(), 1u);
  const WireWriter::Mark mark = writer.mark();
  writer.WriteU16(2);
  EXPECT_FALSE(writer.ok());
  writer.Rollback(mark);
  writer.SetCapacity(2);  // below what is written: nothing more fits
  EXPECT_EQ(writer.remaining(), 0u);
  writer.WriteU8(3);
  EXPECT_FALSE(writer.ok());
  writer.Rollback(mark);
  writer.SetCapacity(70000);
  EXPECT_EQ(writer.remaining(), 6u);
  writer.WriteBytes("sixsix!");
  EXPECT_FALSE(writer.ok());
  EXPECT_TRUE(buffer.Intact());
}

TEST(WireWriterTest, HoldsNoMoreThanAMessageMay) {
  Buffer buffer(70000);
  WireWriter writer(buffer.data(), 70000);
  EXPECT_EQ(writer.remaining(), 65535u);
  writer.WriteBytes(std::string(65535, 'x'));
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.remaining(), 0u);
  writer.WriteU8(1);
  EXPECT_FALSE(writer.ok());
  EXPECT_TRUE(buffer.UntouchedFrom(65535));
}

TEST(WireWriterTest, PatchesOnlyWhatWasWritten) {
  Buffer buffer(10);
  WireWriter writer(buffer.data(), 10);
  writer.WriteU32(0);
  writer.PatchU16(2, 0x0102);
  EXPECT_EQ(writer.message(), absl::string_view("\0\0\1\2", 4));
  for (size_t at : {size_t{3}, size_t{4}, size_t{9}, size_t{70000}, SIZE_MAX, SIZE_MAX - 1})
    writer.PatchU16(at, 0xffff);
  EXPECT_EQ(writer.message(), absl::string_view("\0\0\1\2", 4));
  EXPECT_TRUE(buffer.UntouchedFrom(4));
}

TEST(CompressionTest, PointsAtTheLongestSuffix) {
  MessageWriter m;
  m.writer.WriteName(Wire("www.example.com."));   // 12: www, 16: example, 24: com
  m.writer.WriteName(Wire("ns.example.com."));    // 29
  m.writer.WriteName(Wire("com."));               // a whole name is a pointer alone
  m.writer.WriteName(Wire("a.ns.example.com."));  // to the label that was followed by a pointer itself
  m.writer.WriteName(Wire("example.org."));       // the same label elsewhere is another name
  m.writer.WriteName(Wire("www.example.com."));
  EXPECT_EQ(m.body(),
            Wire("www.example.com.") + "\2ns\xc0\x10" + "\xc0\x18" + "\1a\xc0\x1d" + Wire("example.org.") + "\xc0\x0c");
}

TEST(CompressionTest, TheRootIsNeverAPointer) {
  MessageWriter m;
  m.writer.WriteName(Wire("."));
  m.writer.WriteName(Wire("."));
  EXPECT_EQ(m.body(), std::string(2, '\0'));
}

TEST(CompressionTest, LettersMatchInAnyCaseOtherOctetsExactly) {
  MessageWriter m;
  m.writer.WriteName(Wire("Example.COM."));
  m.writer.WriteName(Wire("eXaMpLe.com."));
  m.writer.WriteName(Wire("[x].@."));  // '[' and '{', '@' and '`' differ by the bit that tells letters' cases apart
  m.writer.WriteName(Wire("{x}.`."));
  m.writer.WriteName(Wire("\\200.a."));
  m.writer.WriteName(Wire("\\232.a."));
  EXPECT_EQ(m.body(), Wire("Example.COM.") + "\xc0\x0c" + Wire("[x].\\@.") + Wire("{x}.`.") + Wire("\\200.a.") +
                          "\1\xe8\xc0\x2b");
}

TEST(CompressionTest, LabelsThatLookAlikeAreToldApart) {
  const std::vector<std::string> names = {"abcd.x.",  "accd.x.", "abcd.y.", "abcd.x.x.",
                                          "ab.cd.x.", "abd.x.",  "x.abcd.", "ABCD.x."};
  MessageWriter m;
  for (const std::string& name : names) m.writer.WriteName(Wire(name));
  size_t at = kHeaderSize;
  for (const std::string& name : names)
    EXPECT_TRUE(NamesEqual(ReadNameAt(m.writer.message(), &at), Wire(name))) << name;
  EXPECT_EQ(at, m.writer.size());
}

TEST(CompressionTest, UncompressedNamesAreNeitherCompressedNorRemembered) {
  MessageWriter m;
  m.writer.WriteName(Wire("example.com."));
  m.writer.WriteUncompressedName(Wire("www.example.com."));
  m.writer.WriteName(Wire("www.example.com."));
  EXPECT_EQ(m.body(), Wire("example.com.") + Wire("www.example.com.") + "\3www\xc0\x0c");
}

TEST(CompressionTest, NothingBeyond3fffIsATarget) {
  for (size_t start = 0x3ff0; start <= 0x4001; ++start) {
    MessageWriter m;
    m.writer.WriteBytes(std::string(start - m.writer.size(), 'x'));
    m.writer.WriteName(Wire("ab.cd.ef."));  // labels at start, start + 3, start + 6
    const size_t second = m.writer.size();
    m.writer.WriteName(Wire("ab.cd.ef."));
    m.writer.WriteName(Wire("cd.ef."));
    ASSERT_TRUE(m.writer.ok());
    size_t at = start;
    EXPECT_EQ(ReadNameAt(m.writer.message(), &at), Wire("ab.cd.ef."));
    EXPECT_EQ(ReadNameAt(m.writer.message(), &at), Wire("ab.cd.ef.")) << start;
    EXPECT_EQ(ReadNameAt(m.writer.message(), &at), Wire("cd.ef.")) << start;
    EXPECT_EQ(at, m.writer.size());
    // Pointers lead to the tree's nodes, which need the label to their right: all or nothing here.
    EXPECT_EQ(m.writer.size() - second, start + 6 <= 0x3fff ? 4u : 17u) << start;
  }
}

TEST(CompressionTest, ALastPointerNeedsRoomForTwoOctets) {
  for (size_t room = 0; room < 4; ++room) {
    MessageWriter m(kHeaderSize + 5 + room);
    m.writer.WriteName(Wire("abc."));
    m.writer.WriteName(Wire("abc."));
    EXPECT_EQ(m.writer.ok(), room >= 2) << room;
    EXPECT_EQ(m.writer.size(), kHeaderSize + 5 + (room >= 2 ? 2 : 0));
    EXPECT_TRUE(m.buffer.Intact());
  }
}

TEST(CompressionTest, TheLargestNamesAndDeepestChains) {
  std::string text;
  std::vector<std::string> names;
  for (int i = 0; i < 127; ++i) {
    text = absl::StrCat(i % 10, ".", text);
    names.push_back(Wire(text));  // each is the one before with one label more: a chain of 126 pointers
  }
  names.push_back(Wire(absl::StrCat(std::string(63, 'a'), ".", std::string(63, 'b'), ".", std::string(63, 'c'), ".",
                                    std::string(61, 'd'), ".")));
  ASSERT_EQ(names.back().size(), kMaxNameSize);
  MessageWriter m;
  for (const std::string& name : names) m.writer.WriteName(name);
  size_t at = kHeaderSize;
  for (const std::string& name : names) EXPECT_EQ(ReadNameAt(m.writer.message(), &at), name);
  EXPECT_EQ(at, m.writer.size());
}

TEST(CompressionTest, MoreNamesThanAreRemembered) {
  MessageWriter m;
  std::vector<std::string> names;
  for (int i = 0; i < 1000; ++i) names.push_back(Wire(absl::StrCat("h", i % 500, ".z", i % 7, ".example.")));
  for (const std::string& name : names) m.writer.WriteName(name);
  ASSERT_TRUE(m.writer.ok());
  size_t at = kHeaderSize;
  for (const std::string& name : names) EXPECT_EQ(ReadNameAt(m.writer.message(), &at), name);
  EXPECT_EQ(at, m.writer.size());
}

// From few letters and sizes, so that suffixes meet often.
std::string RandomName(std::mt19937* random) {
  std::string wire;
  const uint32_t labels = (*random)() % 6 + ((*random)() % 50 == 0 ? 60 : 0);
  for (uint32_t i = 0; i < labels; ++i) {
    const size_t size = (*random)() % 100 == 0 ? 40 + (*random)() % 24 : 1 + (*random)() % 3;
    if (wire.size() + size + 2 > kMaxNameSize) break;
    wire.push_back(static_cast<char>(size));
    for (size_t j = 0; j < size; ++j) wire.push_back("aAbB\x00\xe1"[(*random)() % 6]);
  }
  wire.push_back('\0');
  return wire;
}

// Whatever is written, with failures and rollbacks in between, is read back.
TEST(CompressionPropertyTest, ReaderReadsBackWhatWriterWrote) {
  struct Written {
    size_t at;
    std::string name;
  };
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    MessageWriter m(random() % 2 == 0 ? 65535 : 200 + random() % 2000);
    if (m.buffer.capacity() == 65535 && random() % 3 == 0) m.writer.WriteBytes(std::string(0x3f00, 'x'));
    std::vector<Written> written;
    for (int i = 0; i < 400; ++i) {
      const WireWriter::Mark mark = m.writer.mark();
      const size_t kept = written.size();
      for (uint32_t j = random() % 4; j > 0; --j) {
        if (random() % 4 == 0) m.writer.WriteBytes(std::string(random() % 8, 'x'));
        written.push_back({m.writer.size(), RandomName(&random)});
        m.writer.WriteName(written.back().name);
      }
      if (!m.writer.ok() || random() % 5 == 0) {
        m.writer.Rollback(mark);
        written.resize(kept);
      }
    }
    ASSERT_TRUE(m.writer.ok());
    ASSERT_TRUE(m.buffer.Intact());
    for (Written& w : written) {
      ASSERT_TRUE(NamesEqual(ReadNameAt(m.writer.message(), &w.at), w.name)) << WireNameToText(w.name);
    }
  }
}

}  // namespace
}  // namespace strata::dns
