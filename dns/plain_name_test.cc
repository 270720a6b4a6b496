// SPDX-License-Identifier: Apache-2.0
#include "dns/plain_name.h"

#include <random>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

// Either nothing, or what Name::FromText() says.
void ExpectAsFromText(const std::string& text, const Name& origin) {
  NameBuffer buffer;
  const size_t size = ReadPlainName(text, origin.wire(), &buffer);
  const absl::StatusOr<Name> name = Name::FromText(text, origin);
  const bool plain = text.find('\\') == std::string::npos && text != "@" && text != ".";
  EXPECT_EQ(size != 0, plain && name.ok()) << text;
  if (size == 0 || !name.ok()) return;
  EXPECT_EQ(absl::string_view(buffer.octets, size), name->wire()) << text;
}

TEST(ReadPlainName, ReadsWhatFromTextReads) {
  const Name origin = *Name::FromText("Example.COM.");
  for (const char* text : {"www", "www.", "a.b.c", "a.b.c.", "WWW.Example.", "x", "*", "*.x", "_a._b.c"}) {
    ExpectAsFromText(text, origin);
    ExpectAsFromText(text, Name());
  }
}

TEST(ReadPlainName, LeavesEscapesAndErrors) {
  const Name origin = *Name::FromText("example.");
  for (const char* text : {"", "@", ".", "..", ".a", "a..b", "a..", "a\\.b", "\\", "a\\"})
    ExpectAsFromText(text, origin);
}

TEST(ReadPlainName, KnowsTheLimits) {
  for (const size_t size : {62, 63, 64}) {
    const std::string label(size, 'x');
    ExpectAsFromText(label, Name());
    ExpectAsFromText(label + ".", Name());
    ExpectAsFromText(absl::StrCat(label, ".a.", label), Name());
  }
  const std::string label = std::string(63, 'x') + ".";
  const Name origin = *Name::FromText("example.");
  for (size_t rest = 1; rest < 63; ++rest) {
    const std::string text = label + label + label + std::string(rest, 'y');
    ExpectAsFromText(text, Name());
    ExpectAsFromText(text + ".", Name());
    ExpectAsFromText(text, origin);
  }
}

TEST(ReadPlainName, ByChance) {
  std::mt19937 random(1);
  const std::string alphabet = "abcXYZ019-_*....\\@\x80\xff";
  const Name origin = *Name::FromText("o.");
  for (int i = 0; i < 200000; ++i) {
    std::string text(random() % 40, 'x');
    for (char& c : text) c = alphabet[random() % alphabet.size()];
    ExpectAsFromText(text, origin);
  }
}

}  // namespace
}  // namespace strata::dns
