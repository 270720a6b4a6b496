// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/zone_functions.h"

#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Serial, IsADateAndANumber) {
  ExpectExpressions({{"serial(20260131, 1)", "2026013101"},
                     {"serial('20260131', '07')", "2026013107"},
                     {"serial('2026-01-31', n=99)", "2026013199"},
                     {"serial(date=20240229, n=0)", "2024022900"},
                     {"serial(20000229, '0')", "2000022900"}});
}

TEST(Serial, RefusesWhatIsNoDate) {
  const char* const no_date = "2:1: serial(): this is no date; write 20260131, \"20260131\" or \"2026-01-31\"";
  for (const char* date :
       {"20260229", "20250229", "21000229", "20261301", "20260100", "20260432", "2026", "'2026-1-31'", "'20260131x'",
        "'x'", "2026.0", "None", "True", "0", "-20260131", "'2026_01_31'", "''"}) {
    EXPECT_EQ(RunFragment(absl::StrCat("x=\\\nserial(", date, ", 1)")), no_date) << date;
  }
  ExpectExpressions({{"serial(50000101, 1)", "2:1: serial(): the year is too late for a serial number of 32 bits"}});
}

TEST(Serial, RefusesOtherNumbers) {
  for (const char* number : {"100", "-1", "'100'", "''", "'-1'", "'1.'", "1.0", "None"}) {
    EXPECT_EQ(RunFragment(absl::StrCat("x=\\\nserial(20260131, ", number, ")")),
              "2:1: serial(): the number of the day's change is 0 to 99")
        << number;
  }
  ExpectExpressions({{"serial(20260131)", "2:1: serial(): `n` is missing"}});
}

TEST(Include, TakesAPath) {
  ExpectExpressions({{"include(1)", "2:1: include() takes the path of a file, a str"},
                     {"include('a\\0')", "2:1: include() takes the path of a file, a str"},
                     {"include('a')", "2:1: nothing can be included here"},
                     {"defined('a', 3)", "3"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
