"""Tests of the layering rules, on small graphs that are right or wrong on purpose."""
# SPDX-License-Identifier: Apache-2.0

import unittest

from tools import layering
from tools.layering import Target


def paths(graph):
    return [violation.path for violation in layering.check(graph)]


class LayeringTest(unittest.TestCase):
    def test_accepts_the_intended_graph(self):
        graph = {
            "//base:status_macros": Target(("@sys//:absl",)),
            "//dns:name": Target(("//base:status_macros", "@sys//:absl", "@sys//:xxhash")),
            "//dns:name_test": Target(("//dns:name", "@sys//:gmock"), test=True),
            "//proto/snapshot/v1:snapshot": Target(("@sys//:protobuf",)),
            "//zonec/snapshot:reader": Target(("//proto/snapshot/v1:snapshot", "//dns:name")),
            "//authority:zone_lookup": Target(("//zonec/snapshot:reader",)),
            "//standalone:strata": Target(("//authority:zone_lookup", "//frontend:udp_listener")),
            "//frontend:udp_listener": Target(("//dns:name", "@sys//:grpcpp")),
        }
        self.assertEqual(paths(graph), [])

    def test_names_the_shortest_path_to_a_service_that_another_service_links(self):
        graph = {
            "//frontend:main": Target(("//frontend:detour", "//frontend:recursion")),
            "//frontend:detour": Target(("//frontend:recursion",)),
            "//frontend:recursion": Target(("//cache:store",)),
            "//cache:store": Target(),
        }
        violation, = layering.check({**graph, "//frontend:other": Target()})
        self.assertEqual(violation.path, ("//frontend:recursion", "//cache:store"))
        self.assertIn("frontend/ must not depend on //cache:store", str(violation))
        self.assertIn("    -> //cache:store", str(violation))

    def test_follows_links_through_other_folders(self):
        graph = {
            "//dns:name": Target(("//base:status_macros",)),
            "//base:status_macros": Target(("@sys//:grpcpp",)),
        }
        self.assertEqual(paths(graph), [("//dns:name", "//base:status_macros", "@sys//:grpcpp")])

    def test_follows_generated_files(self):
        graph = {
            "//cache:store": Target(("//cache:table.cc",)),
            "//cache:table.cc": Target(("//cache:table",), cc=False),
            "//cache:table": Target(("//recursor:roots",), cc=False),
        }
        self.assertEqual(paths(graph)[0][-1], "//recursor:roots")

    def test_authority_may_use_snapshots_but_not_the_compiler(self):
        graph = {
            "//authority:a": Target(("//zonec/snapshot:reader",)),
            "//authority:b": Target(("//zonec/bind:parser",)),
            "//authority:c_test": Target(("//zonec/bind:parser",), test=True),
        }
        self.assertEqual(paths(graph), [("//authority:b", "//zonec/bind:parser")])

    def test_tests_may_use_fixtures_but_no_other_service(self):
        graph = {
            "//cache:store_test": Target(("@sys//:gmock", "//base/testing:clock", "//recursor:iterator"), test=True),
            "//cache:store": Target(("@sys//:grpcpp",)),
            "//dns:name": Target(("@sys//:gmock",)),
        }
        self.assertEqual(
            paths(graph), [("//cache:store_test", "//recursor:iterator"), ("//dns:name", "@sys//:gmock")])

    def test_base_and_proto_know_nothing_above_them(self):
        graph = {
            "//base:log": Target(("//dns:name",)),
            "//proto/cache/v1:cache": Target(("//base:log",)),
        }
        self.assertEqual(paths(graph), [("//base:log", "//dns:name"), ("//proto/cache/v1:cache", "//base:log")])

    def test_a_folder_without_a_rule_may_hold_no_cc_target(self):
        violation, = layering.check({"//misc:thing": Target(), "//docs:page": Target(cc=False)})
        self.assertEqual(violation.path, ("//misc:thing",))
        self.assertIn("no layering rule", str(violation))

    def test_reads_what_is_linked_from_a_query(self):
        graph = layering.read_graph("""<?xml version="1.1" encoding="UTF-8" standalone="no"?>
            <query version="2">
              <rule class="cc_library" name="//dns:name">
                <list name="srcs"><label value="//dns:name.cc"/><label value="//cache:stolen.cc"/></list>
                <list name="deps"><label value="//dns:table"/><label value="@sys//:absl"/></list>
                <list name="data"><label value="//zonec:zonec"/></list>
                <list name="visibility"><label value="//:everything"/></list>
                <rule-input name="//zonec:zonec"/>
              </rule>
              <rule class="cc_library" name="//dns:table">
                <boolean name="testonly" value="true"/>
                <list name="srcs"><label value="//dns:table.inc"/></list>
              </rule>
              <rule class="genrule" name="//dns:generate_table">
                <rule-output name="//dns:table.inc"/>
              </rule>
            </query>""")
        self.assertEqual(graph, {
            "//dns:name": Target(("//cache:stolen.cc", "//dns:table", "@sys//:absl")),
            "//dns:table": Target(("//dns:table.inc",), test=True),
            "//dns:generate_table": Target((), cc=False),
            "//dns:table.inc": Target(("//dns:generate_table",), cc=False),
        })

    def test_patterns(self):
        self.assertTrue(layering.matches("//dns/testing:hex", "//dns/..."))
        self.assertTrue(layering.matches("//dns:name", "//dns/..."))
        self.assertFalse(layering.matches("//dnssec:key", "//dns/..."))
        self.assertTrue(layering.matches("@sys//:absl", "@sys//..."))
        self.assertFalse(layering.matches("//base:log", "//base:status_macros"))


if __name__ == "__main__":
    unittest.main()
