// SPDX-License-Identifier: Apache-2.0
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Sorting, IsStableAndByKey) {
  ExpectExpressions({{"sorted('bca', reverse=True)", "['c', 'b', 'a']"},
                     {"sorted([(1, 'b'), (0, 'c'), (1, 'a')], key=lambda p: p[0])", "[(0, 'c'), (1, 'b'), (1, 'a')]"},
                     {"sorted([3, 1], key=None)", "[1, 3]"},
                     {"sorted([1, 'a'])", "2:1: a str and an int have no order"},
                     {"sorted([1, 0], key=lambda n: 1 // n)", "2:32: division by zero"}});
  ExpectPrograms({{"x = [3, 1, 2]\nx.sort()", "[1, 2, 3]"},
                  {"x = [3, 1, 2]\nx.sort(key=lambda n: -n)", "[3, 2, 1]"},
                  {"x = []\nx.sort(len)", "2:3: write sort(key=..., reverse=...)"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
