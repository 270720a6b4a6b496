// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/foreign_words.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace strata::zonec::pyzone {
namespace {

struct ForeignWord {
  absl::string_view word;
  absl::string_view advice;
};

constexpr absl::string_view kKeywords[] = {"and",  "break", "continue", "def",     "elif",   "else", "False", "for",
                                           "if",   "in",    "is",       "not",     "None",   "or",   "pass",  "return",
                                           "True", "as",    "except",   "finally", "assert", "del",  "lambda"};

constexpr absl::string_view kNoModules = "the record functions and the built-in ones are there without it";
constexpr absl::string_view kNoExceptions = "a mistake ends the compilation with a message; test with `if` beforehand";
constexpr absl::string_view kNoInput = "a zone reads and writes nothing but itself; write the values into the zone";
constexpr absl::string_view kNoSets =
    "a set has no order, and the same text has to give the same zone; dict.fromkeys(items) keeps each once, in order";
constexpr absl::string_view kNoCode = "write the code itself";
constexpr absl::string_view kNoObjects = "use lists, tuples, dicts and functions";

constexpr ForeignWord kForeignKeywords[] = {
    {"import", kNoModules},
    {"from", kNoModules},
    {"while", "write `for ... in range(...)`"},
    {"class", kNoObjects},
    {"try", kNoExceptions},
    {"raise", kNoExceptions},
    {"with", kNoInput},
    {"global", "functions read the variables of the file; return what shall be assigned"},
    {"nonlocal", "functions read the variables of the file; return what shall be assigned"},
    {"yield", "return a list"},
    {"async", "write a plain `def`"},
    {"await", "call the function"},
};

constexpr ForeignWord kForeignFunctions[] = {
    {"getSerial", "write the serial number; the same text has to give the same zone"},
    {"exec", kNoCode},
    {"eval", kNoCode},
    {"compile", kNoCode},
    {"__import__", kNoModules},
    {"open", kNoInput},
    {"input", kNoInput},
    {"print", "a zone prints nothing; `zonec dump` shows what it became"},
    {"set", kNoSets},
    {"frozenset", kNoSets},
    {"type", "ask isinstance(value, str)"},
    {"getattr", kNoObjects},
    {"setattr", kNoObjects},
    {"hasattr", kNoObjects},
    {"vars", kNoObjects},
    {"object", kNoObjects},
    {"super", kNoObjects},
    {"globals", "use the variables by their names"},
    {"locals", "use the variables by their names"},
    {"iter", "use `for`"},
    {"next", "use `for`"},
    {"id", "compare values by =="},
    {"hash", "compare values by =="},
};

std::string Find(absl::Span<const ForeignWord> words, absl::string_view word) {
  for (const ForeignWord& row : words) {
    if (row.word == word) return absl::StrCat("`", word, "` is not part of the language: ", row.advice);
  }
  return "";
}

}  // namespace

bool IsKeyword(absl::string_view word) {
  return std::find(std::begin(kKeywords), std::end(kKeywords), word) != std::end(kKeywords) ||
         !ForeignKeyword(word).empty();
}

std::string ForeignKeyword(absl::string_view word) { return Find(kForeignKeywords, word); }

std::string ForeignFunction(absl::string_view word) { return Find(kForeignFunctions, word); }

}  // namespace strata::zonec::pyzone
