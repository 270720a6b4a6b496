// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.h"

#include "gtest/gtest.h"

namespace strata::base {
namespace {

std::string Json(absl::string_view text) {
  std::string out;
  AppendJsonString(text, &out);
  return out;
}

TEST(JsonText, EscapesWhatJsonDemands) {
  EXPECT_EQ(Json(""), "\"\"");
  EXPECT_EQ(Json("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(Json("1\t2\n3\r4"), "\"1\\t2\\n3\\u000d4\"");
  EXPECT_EQ(Json(absl::string_view("\0\x1b\x7f", 3)), "\"\\u0000\\u001b\\u007f\"");
}

TEST(JsonText, IsAlwaysUtf8) {
  EXPECT_EQ(Json("b\xc3\xbc"
                 "cher"),
            "\"b\xc3\xbc"
            "cher\"");
  EXPECT_EQ(Json("a\xff"
                 "b\xc3"),
            "\"a\\ufffdb\\ufffd\"");
}

}  // namespace
}  // namespace strata::base
