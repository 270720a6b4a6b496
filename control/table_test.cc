// SPDX-License-Identifier: Apache-2.0
#include "control/table.h"

#include "gtest/gtest.h"

namespace strata::control {
namespace {

TEST(TableTest, LinesUp) {
  Table table({"zone", "records", "size", "ready"});
  EXPECT_EQ(table.ToText(), "");
  EXPECT_EQ(table.ToJson(), "[]\n");
  table.Add({"example.", uint64_t{7}, {2048, "2.0 KiB"}, true});
  table.Add({"a", uint64_t{1234}, {5, "5 B"}, false});
  EXPECT_EQ(table.ToText(),
            "ZONE      RECORDS     SIZE  READY\n"
            "example.        7  2.0 KiB  yes\n"
            "a            1234      5 B  no\n");
  EXPECT_EQ(table.ToJson(),
            "[\n"
            "  {\"zone\": \"example.\", \"records\": 7, \"size\": 2048, \"ready\": true},\n"
            "  {\"zone\": \"a\", \"records\": 1234, \"size\": 5, \"ready\": false}\n"
            "]\n");
}

TEST(TableTest, WhatServersSayMovesNoCursor) {
  Table table({"reason", "rate"});
  table.Add({"a\x1b[2J\n\"b\"", 0.25});
  EXPECT_EQ(table.ToText(), "REASON           RATE\na\\033[2J\\n\\\"b\\\"   0.2\n");
  EXPECT_EQ(table.ToJson(), "[\n  {\"reason\": \"a\\u001b[2J\\n\\\"b\\\"\", \"rate\": 0.2}\n]\n");
}

}  // namespace
}  // namespace strata::control
