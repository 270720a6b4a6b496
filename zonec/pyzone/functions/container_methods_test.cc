// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/functions/methods.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(ContainerMethods, ChangeLists) {
  ExpectPrograms({{"x = [1]\nx.append(2)\nx.extend('a')\nx.insert(0, 0)\nx.reverse()", "['a', 2, 1, 0]"},
                  {"x = [1, 2]\nx.insert(-1, 9)\nx.insert(100, 8)\nx.insert(-100, 7)", "[7, 1, 9, 2, 8]"},
                  {"x = [1]\nx.extend(x)", "[1, 1]"},
                  {"x = [1].append(2)", "None"}});
}

TEST(ContainerMethods, LookIntoSequences) {
  ExpectExpressions({{"[1, 2, 1.0].count(True), (1, 2).index(2)", "(2, 1)"},
                     {"[1].index(2)", "2:5: the value is not in it"},
                     {"[1].insert('a', 1)", "2:5: the index of a list is an integer"}});
}

TEST(ContainerMethods, DictsKeepTheirOrder) {
  ExpectPrograms({{"d = {'b': 1, 'a': 2}\nx = list(d.keys()), list(d.values()), list(d.items())",
                   "(['b', 'a'], [1, 2], [('b', 1), ('a', 2)])"},
                  {"d = {'a': 1}\nx = d.get('a'), d.get('b'), d.get('b', 5)", "(1, None, 5)"},
                  {"x = {}\nx.setdefault('a', []).append(1)\nx.setdefault('a', []).append(2)", "{'a': [1, 2]}"},
                  {"x = {'a': 1, 'b': 2}\nx.update({'c': 3, 'a': 4})", "{'a': 4, 'b': 2, 'c': 3}"},
                  {"x = {}.update([1])", "1:8: update() takes a dict"},
                  {"x = {}.get([])", "1:8: a list cannot be the key of a dict"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
