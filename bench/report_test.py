# The tables.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of report."""

import json
import unittest

from bench.report import format_table, json_report, ratio, text_report
from bench.results import Load, Result


def result(*costs, problems=()):
    """One window, one round for each cost."""
    loads = [
        Load(cpu_us=cost, qps=1e5, p50_us=20, p99_us=90, answered=10, lost=1, unexpected=0, others=0.2)
        for cost in costs
    ]
    return Result(
        rcodes={"NXDOMAIN": 3, "NOERROR": 7},
        problems=list(problems),
        start_seconds=[0.5] * len(costs),
        pss_bytes=[3 << 20] * len(costs),
        loads={128: loads},
    )


class ReportTest(unittest.TestCase):
    """Formatting, and the one figure that is computed."""

    def test_columns_are_as_wide_as_they_need_to_be(self):
        self.assertEqual(
            format_table(["name", "n"], [["a", "1000"], ["longer", "2"]]),
            "name       n\n------  ----\na       1000\nlonger     2",
        )

    def test_ratio_is_taken_within_each_round(self):
        # The machine is twice as slow in the second round and three times in the third: the ratio stays.
        results = {"knot": result(12, 24, 36), "nsd": result(8, 16, 24)}
        self.assertAlmostEqual(ratio(results, "knot", 128, "nsd"), 1.5)
        self.assertEqual(ratio(results, "nsd", 128, "nsd"), 1)
        self.assertIsNone(ratio({"knot": result(12)}, "knot", 128, "nsd"))

    def test_text_report(self):
        text = text_report({"knot": result(12, 14, 16), "nsd": result(8, 8, 8)}, [128], "nsd")
        lines = [" ".join(line.split()) for line in text.splitlines()]
        self.assertIn("knot 14.00 12.00-16.00 1.75 100000 20 90 3 20%!", lines)
        self.assertIn("knot 0.50 3 NOERROR:7 NXDOMAIN:3 yes", lines)
        self.assertNotIn("not right", text)
        self.assertNotIn("upstream", text)

    def test_recursive_servers_show_what_they_ask_of_others(self):
        unbound = result(12)
        unbound.loads = {128: [unbound.loads[128][0]._replace(upstream=1.5)]}
        text = text_report({"unbound": unbound}, [128], "unbound")
        lines = [" ".join(line.split()) for line in text.splitlines()]
        self.assertIn("unbound 12.00 12.00-12.00 1.00 100000 20 90 1 20%! 1.500", lines)

    def test_wrong_answers_are_loud(self):
        text = text_report({"knot": result(12, problems=["hit wrong: 1 of 2"])}, [128], "nsd")
        self.assertIn("!!! knot: hit wrong: 1 of 2", text)
        self.assertIn("NOERROR:7 NXDOMAIN:3     NO", text)

    def test_json_has_every_round(self):
        report = json.loads(json.dumps(json_report({"nsd": result(8, 9)}, "nsd")))
        self.assertEqual([load["cpu_us"] for load in report["nsd"]["loads"]["128"]["rounds"]], [8, 9])
        self.assertEqual(report["nsd"]["loads"]["128"]["ratio"], 1)


if __name__ == "__main__":
    unittest.main()
