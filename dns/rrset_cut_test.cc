// SPDX-License-Identifier: Apache-2.0
#include "dns/rrset_cut.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

Record Make(absl::string_view owner, uint16_t type, uint16_t rr_class = rr_class::kIN) {
  Record record;
  record.owner = Name::FromText(owner).value();
  record.type = type;
  record.rr_class = rr_class;
  return record;
}

Record Rrsig(absl::string_view owner, uint16_t covered) {
  Record record = Make(owner, rr_type::kRRSIG);
  AppendU16(covered, &record.rdata);
  return record;
}

std::vector<size_t> Cuts(const std::vector<Record>& records) {
  std::vector<size_t> cuts;
  for (size_t fitting = 0; fitting <= records.size(); ++fitting) cuts.push_back(WholeRrsetsBefore(records, fitting));
  return cuts;
}

using Sizes = std::vector<size_t>;

TEST(RrsetCutTest, NoRecords) { EXPECT_EQ(Cuts({}), Sizes{0}); }

TEST(RrsetCutTest, BetweenRrsets) {
  EXPECT_EQ(Cuts({Make("a.", rr_type::kA), Make("A.", rr_type::kA), Make("a.", rr_type::kAAAA), Make("b.", rr_type::kA),
                  Make("b.", rr_type::kA)}),
            (Sizes{0, 0, 2, 3, 3, 5}));
}

TEST(RrsetCutTest, ClassesAreApart) {
  EXPECT_EQ(Cuts({Make("a.", rr_type::kTXT, rr_class::kCH), Make("a.", rr_type::kTXT)}), (Sizes{0, 1, 2}));
}

TEST(RrsetCutTest, SignaturesGoWithWhatTheyCover) {
  EXPECT_EQ(Cuts({Make("a.", rr_type::kA), Rrsig("a.", rr_type::kA), Make("a.", rr_type::kNSEC),
                  Rrsig("a.", rr_type::kNSEC), Rrsig("a.", rr_type::kNSEC)}),
            (Sizes{0, 0, 2, 2, 2, 5}));
  EXPECT_EQ(Cuts({Make("a.", rr_type::kRRSIG), Make("a.", rr_type::kRRSIG)}), (Sizes{0, 0, 2})) << "without RDATA";
}

TEST(RrsetCutTest, RrsetsThatDoNotStandTogether) {
  const Record a = Make("a.", 1), b = Make("b.", 1), c = Make("c.", 1);
  EXPECT_EQ(Cuts({a, b, a, c}), (Sizes{0, 0, 0, 3, 4}));
  EXPECT_EQ(Cuts({a, b, a, b}), (Sizes{0, 0, 0, 0, 4}));
  EXPECT_EQ(Cuts({c, a, b, a, b}), (Sizes{0, 1, 1, 1, 1, 5}));
  EXPECT_EQ(Cuts({a, c, b, b, c, a}), (Sizes{0, 0, 0, 0, 0, 0, 6}));
}

// The definition, tried on every cut.
TEST(RrsetCutTest, IsTheLargestCutBetweenRrsets) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    std::vector<Record> records;
    const uint32_t variety = 1 + random() % 8;
    for (uint32_t i = random() % 10; i > 0; --i) {
      records.push_back(Make(absl::StrCat(random() % variety, "."), static_cast<uint16_t>(1 + random() % 2)));
    }
    const auto is_between = [&](size_t cut) {
      for (size_t i = 0; i < cut; ++i) {
        for (size_t j = cut; j < records.size(); ++j) {
          if (records[i].owner == records[j].owner && records[i].type == records[j].type) return false;
        }
      }
      return true;
    };
    for (size_t fitting = 0; fitting <= records.size(); ++fitting) {
      size_t best = fitting;
      while (!is_between(best)) --best;
      ASSERT_EQ(WholeRrsetsBefore(records, fitting), best);
    }
  }
}

}  // namespace
}  // namespace strata::dns
