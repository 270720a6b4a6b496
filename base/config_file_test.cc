// Tests of configuration files: what each kind of field accepts, and the words of every refusal.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/config_file.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/testing/test_config.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using testing::TestConfig;

TestConfig Parsed(const std::string& yaml, TestConfig config = {}) {
  const absl::Status status = ParseConfig(yaml, "test.yaml", &config);
  EXPECT_TRUE(status.ok()) << status;
  return config;
}

std::string Text(const TestConfig& config) {
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.PrintToString(config, &text);
  return text;
}

std::string Error(const std::string& yaml) {
  TestConfig config;
  config.set_listen("as before");
  const absl::Status status = ParseConfig(yaml, "test.yaml", &config);
  EXPECT_EQ(config.listen(), "as before");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  return std::string(status.message());
}

TEST(ConfigFile, FillsFieldsOfEveryType) {
  EXPECT_EQ(Text(Parsed(R"(
listen: 127.0.0.1:53     # a comment
verbose: true
offset: -5
port: 4294967295
large_offset: -9223372036854775808
memory_bytes: 18446744073709551615
ratio: 0.25
share: 1e3
any: minimal_udp
drain: 1.5s
secret: "a\x01"
)")),
            "listen: \"127.0.0.1:53\" verbose: true offset: -5 port: 4294967295 large_offset: -9223372036854775808 "
            "memory_bytes: 18446744073709551615 ratio: 0.25 share: 1000 any: ANY_POLICY_MINIMAL_UDP "
            "drain { seconds: 1 nanos: 500000000 } secret: \"a\\001\" ");
}

TEST(ConfigFile, FillsListsSectionsAndMaps) {
  EXPECT_EQ(Text(Parsed(R"(
zone: [a.example, b.example]
weight:
  - 1
  - 2
groups:
  - name: east
    address: 10.0.0.1
  - name: west
main_group: {name: top, nested: {name: inner}}
named:
  first: {name: one}
numbered: {7: seven}
steps: [500ms, -1m]
policies: full
)")),
            "zone: \"a.example\" zone: \"b.example\" weight: 1 weight: 2 "
            "groups { name: \"east\" address: \"10.0.0.1\" } groups { name: \"west\" } "
            "main_group { name: \"top\" nested { name: \"inner\" } } named { key: \"first\" value { name: \"one\" } } "
            "numbered { key: 7 value: \"seven\" } steps { nanos: 500000000 } steps { seconds: -60 } "
            "policies: ANY_POLICY_FULL ");
}

TEST(ConfigFile, TheFieldDecidesWhatAValueIs) {
  const TestConfig config = Parsed("listen: 1.10\nzone: [true, 010, 2026-01-01]\nport: \"53\"\n");
  EXPECT_EQ(config.listen(), "1.10");
  EXPECT_EQ(absl::StrCat(config.zone(0), " ", config.zone(1), " ", config.zone(2)), "true 010 2026-01-01");
  EXPECT_EQ(config.port(), 53u);
}

TEST(ConfigFile, EmptyFilesAndSectionsAreDefaults) {
  EXPECT_EQ(Text(Parsed("")), "");
  EXPECT_EQ(Text(Parsed("# nothing\n")), "");
  EXPECT_EQ(Text(Parsed("---\n")), "");
  EXPECT_EQ(Parsed("main_group:\nzone:\nnamed:\n").main_group().name(), "");
}

TEST(ConfigFile, OverlaysWhatTheMessageHolds) {
  TestConfig defaults;
  defaults.set_listen("default");
  defaults.set_port(1);
  defaults.add_zone("default");
  defaults.mutable_main_group()->set_name("default");
  defaults.mutable_main_group()->add_address("default");
  EXPECT_EQ(Text(Parsed("zone:\nmain_group:\n", defaults)), Text(defaults));
  EXPECT_THAT(Parsed("zone: []", defaults).zone(), IsEmpty());
  EXPECT_EQ(Text(Parsed("port: 2\nzone: [new]\nmain_group: {name: new}", defaults)),
            "listen: \"default\" port: 2 zone: \"new\" main_group { name: \"new\" address: \"default\" } ");
}

TEST(ConfigFile, UnknownKeysNameTheNearest) {
  EXPECT_EQ(Error("port: 1\nlisen: x\n"), "test.yaml:2:1: lisen: unknown key; did you mean \"listen\"?");
  EXPECT_EQ(Error("groups:\n  - name: a\n  - adress: x\n"),
            "test.yaml:3:5: groups[1].adress: unknown key; did you mean \"address\"?");
  EXPECT_EQ(Error("named: {x: {foo: y}}"),
            "test.yaml:1:13: named.x.foo: unknown key; known here: name, address, nested");
  EXPECT_EQ(Error("old_listen: x"), "test.yaml:1:1: old_listen: is no longer supported; remove it");
}

TEST(ConfigFile, WrongValuesNameWhatIsExpected) {
  EXPECT_EQ(Error("port: -1"), "test.yaml:1:7: port: found \"-1\", expected an integer from 0 to 4294967295");
  EXPECT_EQ(Error("offset: 2147483648"),
            "test.yaml:1:9: offset: found \"2147483648\", expected an integer from -2147483648 to 2147483647");
  EXPECT_EQ(Error("numbered: {1: }"), "test.yaml:1:12: numbered.1: has no value; give it a text, or remove it");
  EXPECT_EQ(Error("zone: [a, ~]"), "test.yaml:1:11: zone[1]: found nothing, expected a text");
  EXPECT_EQ(Error("weight: [1, x]"),
            "test.yaml:1:13: weight[1]: found \"x\", expected an integer from 0 to 4294967295");
  EXPECT_EQ(Error("verbose: yes"), "test.yaml:1:10: verbose: found \"yes\", expected true or false");
  EXPECT_EQ(Error("ratio: nan"), "test.yaml:1:8: ratio: found \"nan\", expected a number such as 0.5");
  EXPECT_EQ(Error("share: 1e300"), "test.yaml:1:8: share: found \"1e300\", expected a number such as 0.5");
  EXPECT_EQ(Error("any: most"), "test.yaml:1:6: any: found \"most\", expected one of minimal_udp, full");
  EXPECT_EQ(Error("any: unspecified"), "test.yaml:1:6: any: found \"unspecified\", expected one of minimal_udp, full");
  EXPECT_EQ(Error("drain: 5"),
            "test.yaml:1:8: drain: found \"5\", expected a duration with its unit, such as 500ms, 1.5s or 2m");
  EXPECT_THAT(Error("drain: inf"), HasSubstr("expected a duration"));
  EXPECT_EQ(Error("listen:\n"), "test.yaml:1:1: listen: has no value; give it a text, or remove it");
}

TEST(ConfigFile, WrongShapesNameWhatIsExpected) {
  EXPECT_EQ(Error("listen: [a]"), "test.yaml:1:9: listen: found a list, expected a text");
  EXPECT_EQ(Error("listen: {a: b}"), "test.yaml:1:9: listen: found a section (key: value), expected a text");
  EXPECT_EQ(Error("main_group: x"), "test.yaml:1:13: main_group: found \"x\", expected a section (key: value)");
  EXPECT_EQ(Error("groups: {name: a}"),
            "test.yaml:1:9: groups: found a section (key: value), expected a list; begin each of its items with "
            "\"- \"");
  EXPECT_EQ(Error("named: [a]"), "test.yaml:1:8: named: found a list, expected a section (name: value)");
  EXPECT_EQ(Error("numbered: {x: y}"),
            "test.yaml:1:12: numbered.x: the name \"x\" is not an integer from 0 to 4294967295");
  EXPECT_EQ(Error("- a"), "test.yaml:1:1: found a list, expected a section (key: value)");
  EXPECT_EQ(Error("[a, b]: c"), "test.yaml:1:1: a key must be a word, not a list");
}

TEST(ConfigFile, RepetitionsAndContradictionsAreErrors) {
  EXPECT_EQ(Error("port: 1\nverbose: true\nport: 2\n"),
            "test.yaml:3:1: port: given twice; remove one (the first is on line 1)");
  EXPECT_EQ(Error("numbered: {1: a, 1: b}"),
            "test.yaml:1:18: numbered.1: given twice; remove one (the first is on line 1)");
  EXPECT_EQ(Error("path: a\nurl: b\n"), "test.yaml:2:1: url: excludes \"path\" beside it; remove one");
}

TEST(ConfigFile, ReportsAllMistakesUpToALimit) {
  EXPECT_EQ(Error("lisen: x\nport: y\n"),
            "test.yaml:1:1: lisen: unknown key; did you mean \"listen\"?\n"
            "test.yaml:2:7: port: found \"y\", expected an integer from 0 to 4294967295");
  std::string yaml = "weight:\n";
  for (int i = 0; i < 100; ++i) yaml += "  - x\n";
  const std::vector<std::string> lines = absl::StrSplit(Error(yaml), '\n');
  EXPECT_THAT(lines, SizeIs(kMaxConfigErrors));
}

TEST(ConfigFile, BadYamlIsAnErrorWithItsPlace) {
  EXPECT_THAT(Error("port: 1\n  listen: x\n"), StartsWith("test.yaml:2:"));
  EXPECT_THAT(Error("a: [1, 2\n"), HasSubstr("not valid YAML"));
  EXPECT_THAT(Error("a: *unknown\n"), HasSubstr("not valid YAML"));
  EXPECT_EQ(Error("port: 1\n---\nport: 2\n"),
            "test.yaml:2:1: the document ends here; remove the second one, or a stray comma or bracket");
  EXPECT_THAT(Error(",$a(b"), HasSubstr("test.yaml:1:1: "));
  EXPECT_THAT(Error("port: 1\n]\n"), HasSubstr("test.yaml:2:1: "));
  EXPECT_EQ(Error("port: 1\nlisten: a\x1B[0m\n"), "test.yaml:2:10: a control byte (0x1b); remove it");
  EXPECT_EQ(Error(std::string(1, '\0')), "test.yaml:1:1: a control byte (0x00); remove it");
  EXPECT_EQ(Error("port: 1\nlisten: b\xFF\n"), "test.yaml:2:10: not UTF-8; save the file in that encoding");
}

TEST(ConfigFile, LongAndUnprintableTextsAreShownShort) {
  EXPECT_EQ(Error("port: \"a\\n\\e[0m" + std::string(100, 'x') + "\""),
            "test.yaml:1:7: port: found \"a\\n\\033[0m" + std::string(34, 'x') +
                "...\", expected an integer from 0 to 4294967295");
  EXPECT_THAT(Error("port: " + std::string(39, 'x') + "\u00fc"), HasSubstr("xx...\""));
}

TEST(ConfigFile, AliasesWorkAndAreBounded) {
  const TestConfig config = Parsed("main_group: &g {name: a}\ngroups: [*g, *g]\n");
  EXPECT_EQ(config.groups(1).name(), "a");
  // A small file that means a large one.
  std::string laughs = "zone: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\ngroups:\n";
  for (int i = 0; i < 30'000; ++i) laughs += "  - {address: *a0}\n";
  EXPECT_THAT(Error(laughs), HasSubstr("more than 100000 values"));
  EXPECT_THAT(Error("main_group: &g\n  nested: *g\n"), HasSubstr("nested more than 32 deep"));
}

TEST(ConfigFile, DeepNestingIsAnError) {
  EXPECT_THAT(Error("listen: " + std::string(100'000, '[')), StartsWith("test.yaml:"));
  EXPECT_THAT(Error("listen: " + std::string(100'000, '{')), StartsWith("test.yaml:"));
  std::string yaml = "main_group: ";
  for (int i = 0; i < 40; ++i) yaml += "{nested: ";
  EXPECT_THAT(Error(yaml + std::string(40, '}')), EndsWith("nested more than 32 deep"));
}

class LoadConfigFileTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& contents) {
    std::ofstream(path_, std::ios::binary) << contents;
    return path_;
  }

  const std::string path_ = absl::StrCat(std::getenv("TEST_TMPDIR"), "/config.yaml");
  TestConfig config_;
};

TEST_F(LoadConfigFileTest, ReadsAFileAndNamesItInErrors) {
  ASSERT_TRUE(LoadConfigFile(Write("port: 5"), &config_).ok());
  EXPECT_EQ(config_.port(), 5u);
  EXPECT_THAT(std::string(LoadConfigFile(Write("prot: 5"), &config_).message()), StartsWith(path_ + ":1:1: prot: "));
}

TEST_F(LoadConfigFileTest, RefusesWhatIsNoReadableFile) {
  EXPECT_EQ(LoadConfigFile(path_ + ".none", &config_).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(LoadConfigFile("/", &config_).message()), HasSubstr("not a regular file"));
  const std::string fifo = path_ + ".fifo";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_THAT(std::string(LoadConfigFile(fifo, &config_).message()), HasSubstr("not a regular file"));
}

TEST_F(LoadConfigFileTest, RefusesAFileThatIsTooLarge) {
  const std::string just_fits(kMaxConfigBytes, '#');
  EXPECT_TRUE(LoadConfigFile(Write(just_fits), &config_).ok());
  EXPECT_THAT(std::string(LoadConfigFile(Write(just_fits + "#"), &config_).message()), HasSubstr("larger than"));
}

}  // namespace
}  // namespace strata::base
