// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

// How many errors the program has, each of which stands for itself.
size_t ErrorCount(const std::string& text) {
  Sources sources;
  Diagnostics diagnostics;
  const Limits limits;
  Run run(&limits, &diagnostics, &sources);
  const FileId file = *sources.Add("test.py", text);
  Program program;
  const std::optional<Block> block = ParseFile(sources.text(file), file, &program, &run);
  if (block) Interpreter(&program, FindBuiltinFunction, {}, &run).RunFile(*block);
  return diagnostics.error_count();
}

TEST(Recovery, WhatDependsOnAnErrorIsSilent) {
  for (const char* text : {
           "x = bad\ny = x\nz = y + 1",
           "a, (b, c) = bad\nx = a + b + c",
           "d = {}\nd['a'] = bad\nx = d['a']",
           "d = {'a': {}}\nd['a']['b'] = bad\nx = d['a']['b']",
           "l = []\nl.append(bad)\nx = l[0]",
           "l = [bad]\nx = l[0]\na, = l",
           "n = 0\nn += bad\nx = n + 'a'",
           "def f(a=bad): pass\nf(1)\nx = f()",
           "for i in bad: x = i\ny = x",
           "for i in [1]:\n  if bad: continue\n  j = i + 'a'\ny = j",
           "if bad: x = 1\nelse: y = 1\nz = x + y",
           "def f():\n  a = bad\n  return a\nx = f()",
           "def f():\n  for i in [1, 2]:\n    if bad: return i\nx = f() + 1",
           "x = {i: bad for i in [1]}\ny = x[1]",
           "x = max(bad for i in [1])",
       }) {
    EXPECT_EQ(ErrorCount(text), 1u) << text;
  }
}

TEST(Recovery, WhatDoesNotDependOnAnErrorIsLookedAt) {
  for (const char* text : {
           "x = bad\ny = worse",
           "x = [bad, worse]",
           "x = (bad, worse)",
           "x = {1: bad, 2: worse}",
           "x = len(bad, worse)",
           "x = [1] + bad + worse",
           "x = [1 / i for i in [0, 1, 0]]",
           "for i in [0, 1, 0]: x = 1 / i",
           "def f():\n  a = bad\n  b = worse\nf()",
       }) {
    EXPECT_EQ(ErrorCount(text), 2u) << text;
  }
}

}  // namespace
}  // namespace strata::zonec::pyzone
