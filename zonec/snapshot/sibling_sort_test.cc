// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/sibling_sort.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

// The labels below "test.", as they come out when they went in in this order.
std::vector<std::string> Sorted(const std::vector<std::string>& labels) {
  NameTree names;
  std::vector<Sibling> siblings;
  for (const std::string& label : labels) {
    std::string name(1, static_cast<char>(label.size()));
    name += label;
    name += std::string("\4test\0", 6);
    siblings.push_back({SiblingKey(name), names.Add(name)});
  }
  SiblingSort(names).Sort(absl::MakeSpan(siblings));
  std::vector<std::string> sorted;
  for (const Sibling& sibling : siblings) {
    const absl::string_view name = names.name(sibling.id);
    sorted.emplace_back(name.substr(1, static_cast<uint8_t>(name[0])));
  }
  return sorted;
}

TEST(SiblingSortTest, ShorterLabelsComeBeforeTheirContinuations) {
  const std::string zero("a\0", 2);
  EXPECT_EQ(Sorted({"b", zero, "abcdefghi", "a", "abcdefgh"}),
            (std::vector<std::string>{"a", zero, "abcdefgh", "abcdefghi", "b"}));
}

TEST(SiblingSortTest, NothingAndOneNameStayAsTheyAre) {
  EXPECT_EQ(Sorted({}), std::vector<std::string>());
  EXPECT_EQ(Sorted({"a"}), std::vector<std::string>{"a"});
}

TEST(SiblingSortTest, ManyLabelsOfAnyOctetsAreSortedAsOctets) {
  std::mt19937 random(7);
  // Few and many different octets, so that many labels begin alike; more and fewer labels than are sorted by octets.
  for (const int different : {2, 200}) {
    for (const size_t count : {100, 5000}) {
      std::set<std::string> labels;
      while (labels.size() < count) {
        std::string label(1 + random() % 20, '\0');
        for (char& c : label) c = static_cast<char>(random() % different);
        // Names are compared in lower case.
        for (char& c : label) c = c >= 'A' && c <= 'Z' ? 'a' : c;
        labels.insert(label);
      }
      std::vector<std::string> shuffled(labels.begin(), labels.end());
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      // std::set sorts by char_traits, which compares octets without sign.
      EXPECT_EQ(Sorted(shuffled), std::vector<std::string>(labels.begin(), labels.end())) << different << " " << count;
    }
  }
}

}  // namespace
}  // namespace strata::snapshot
