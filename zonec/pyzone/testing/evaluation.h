// Evaluates fragments of pyzones for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TESTING_EVALUATION_H_
#define STRATA_ZONEC_PYZONE_TESTING_EVALUATION_H_

#include <initializer_list>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "zonec/diagnostics.h"
#include "zonec/pyzone/format/to_text.h"
#include "zonec/pyzone/functions/builtins.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/limits.h"
#include "zonec/pyzone/syntax/statement_parser.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

// What the run complained of: "line:column: message" with the place in `text`, or "no error".
inline std::string FirstError(const Diagnostics& diagnostics, absl::string_view text) {
  const auto sorted = diagnostics.Sorted(1);
  if (sorted.empty()) return "no error";
  Sources sources;
  const FileId file = *sources.Add("test.py", std::string(text));
  const LineColumn at = sources.Locate({file, sorted[0]->position.offset});
  return absl::StrCat(at.line, ":", at.column, ": ", sorted[0]->message);
}

// Runs a program: the repr() of its variable `x`, or "line:column: message" of what is wrong with it.
inline std::string RunFragment(absl::string_view text, const Limits& limits = {}) {
  Sources sources;
  Diagnostics diagnostics;
  Run run(&limits, &diagnostics);
  const FileId file = *sources.Add("test.py", std::string(text));
  Program program;
  const std::optional<Block> block = ParseFile(text, file, &program, &run);
  if (!block) return FirstError(diagnostics, text);
  Interpreter interpreter(&program, FindBuiltinFunction, {}, &run);
  if (!interpreter.RunFile(*block)) return FirstError(diagnostics, text);
  const Value x = interpreter.Global("x");
  std::string out;
  if (x.failed() || !AppendRepr(x, &run, &out)) return x.failed() ? "x is not set" : FirstError(diagnostics, text);
  return out;
}

struct Fragment {
  const char* text;
  const char* outcome;
};

// The outcomes of whole programs.
inline void ExpectPrograms(std::initializer_list<Fragment> programs) {
  for (const Fragment& program : programs) EXPECT_EQ(RunFragment(program.text), program.outcome) << program.text;
}

// The outcomes of expressions. The columns of messages count from the expression's start.
inline void ExpectExpressions(std::initializer_list<Fragment> expressions) {
  for (const Fragment& expression : expressions) {
    EXPECT_EQ(RunFragment(absl::StrCat("x=\\\n", expression.text)), expression.outcome) << expression.text;
  }
}

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_TESTING_EVALUATION_H_
