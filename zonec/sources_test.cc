// SPDX-License-Identifier: Apache-2.0
#include "zonec/sources.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

std::string At(Sources* sources, FileId file, uint32_t offset) {
  const LineColumn place = sources->Locate({file, offset});
  return absl::StrCat(place.line, ":", place.column);
}

TEST(Sources, CountsLinesAndColumnsFromOne) {
  Sources sources;
  const FileId file = *sources.Add("a.zone", "one\ntwo\n\nfour");
  EXPECT_EQ(At(&sources, file, 0), "1:1");
  EXPECT_EQ(At(&sources, file, 3), "1:4");  // the line end belongs to its line
  EXPECT_EQ(At(&sources, file, 4), "2:1");
  EXPECT_EQ(At(&sources, file, 8), "3:1");
  EXPECT_EQ(At(&sources, file, 13), "4:5");  // behind the last octet
  EXPECT_EQ(sources.Line({file, 5}), "two");
  EXPECT_EQ(sources.Line({file, 8}), "");
  EXPECT_EQ(sources.Line({file, 10}), "four");
}

TEST(Sources, KnowsAllLineEnds) {
  Sources sources;
  const FileId file = *sources.Add("a.zone", "one\r\ntwo\rthree\n");
  EXPECT_EQ(sources.Line({file, 0}), "one");
  EXPECT_EQ(sources.Line({file, 5}), "two");
  EXPECT_EQ(sources.Line({file, 9}), "three");
  EXPECT_EQ(sources.Locate({file, 9}).line, 3u);
}

TEST(Sources, AnEmptyTextHasOneLine) {
  Sources sources;
  const FileId file = *sources.Add("empty", "");
  EXPECT_EQ(At(&sources, file, 0), "1:1");
  EXPECT_EQ(sources.Line({file, 0}), "");
}

TEST(Sources, TextsStayWhereTheyAre) {
  Sources sources;
  const FileId first = *sources.Add("short", "x");
  const absl::string_view text = sources.text(first);
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(sources.Add("other", "y").ok());
  EXPECT_EQ(sources.text(first).data(), text.data());
  EXPECT_EQ(sources.name(first), "short");
}

TEST(Sources, ATextMayBeReadInSeveralWays) {
  Sources sources;
  const FileId zone = *sources.Add("zone", "line\nf()\n");
  const FileId other = *sources.Add("other", "x");
  const FileId call = sources.Enter(zone, {EnteredBy::kCall, {zone, 5}, sources.text(zone).substr(5, 1)});
  const FileId inner = sources.Enter(call, {EnteredBy::kInclude, {call, 2}, ""});
  EXPECT_TRUE(sources.SameText(zone, inner));
  EXPECT_FALSE(sources.SameText(zone, other));
  EXPECT_EQ(sources.text(inner).data(), sources.text(zone).data());
  EXPECT_EQ(sources.name(call), "zone");
  EXPECT_EQ(At(&sources, call, 6), "2:2");
  EXPECT_EQ(sources.Line({inner, 6}), "f()");
  EXPECT_EQ(sources.entrance(zone).by, EnteredBy::kNothing);
  EXPECT_EQ(sources.entrance(call).by, EnteredBy::kCall);
  EXPECT_EQ(sources.entrance(call).function, "f");
  EXPECT_EQ(sources.entrance(inner).from, (Position{call, 2}));
  EXPECT_THAT(sources.texts(), testing::ElementsAre(zone, other));
}

TEST(Position, SortsByFileThenOffsetWithWholeFilesFirst) {
  std::vector<Position> positions = {{1, 0}, {0, 9}, {0, 2}, {0, Position::kWholeFile}};
  std::sort(positions.begin(), positions.end());
  EXPECT_THAT(positions,
              testing::ElementsAre(Position{0, Position::kWholeFile}, Position{0, 2}, Position{0, 9}, Position{1, 0}));
}

}  // namespace
}  // namespace strata::zonec
