// SPDX-License-Identifier: Apache-2.0
#include "zonec/format.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

TEST(DetectFormat, GoesByTheName) {
  EXPECT_EQ(DetectFormat("zones/example.py", "@ SOA"), Format::kPyzone);
  EXPECT_EQ(DetectFormat("example.pyzone", ""), Format::kPyzone);
  EXPECT_EQ(DetectFormat("example.zone", ""), Format::kBind);
  EXPECT_EQ(DetectFormat("py", ""), Format::kBind);
}

TEST(DetectFormat, GoesByWhatTheTextStartsWith) {
  for (const char* text :
       {"zone = [", "zone=[]", "# comment\r\n\n  # more\nzone = [\n", "\xef\xbb\xbfx = 1", "records += []",
        "def host(name):", "\"\"\"A zone.\"\"\"", "import os\n", "from twisted.names.authority import getSerial\n"}) {
    EXPECT_EQ(DetectFormat("example.com", text), Format::kPyzone) << text;
  }
  for (const char* text : {"", "#", "$TTL 1H\nzone = [", "; zone = [", "zone IN A 192.0.2.1", "@ IN SOA (",
                           "def A 192.0.2.1", "import A 192.0.2.1", "from IN A 192.0.2.1", "import IN A 192.0.2.1",
                           "zone.example. 60 TXT =", "=", "\"zone\" A 192.0.2.1"}) {
    EXPECT_EQ(DetectFormat("example.com", text), Format::kBind) << text;
  }
}

TEST(FormatFromText, KnowsTheNames) {
  EXPECT_EQ(FormatFromText("bind"), Format::kBind);
  EXPECT_EQ(FormatFromText("pyzone"), Format::kPyzone);
  EXPECT_FALSE(FormatFromText("python").has_value());
}

}  // namespace
}  // namespace strata::zonec
