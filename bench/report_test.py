# The tables.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of report."""

import json
import unittest

from bench.report import format_table, json_report, ratio, text_report
from bench.results import Load, Result

NSD = {"nsd": ("nsd",)}
LATENCY = {"p50": 20, "p99": 90}


def result(*costs, problems=()):
    """One window, one round for each cost."""
    loads = [
        Load(cpu_us=cost, qps=1e5, latency_us=LATENCY, answered=10, lost=1, unexpected=0, others=0.2)
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
        self.assertAlmostEqual(ratio(results, "knot", 128, ("nsd",)), 1.5)
        self.assertEqual(ratio(results, "nsd", 128, ("nsd",)), 1)
        self.assertIsNone(ratio({"knot": result(12)}, "knot", 128, ("nsd",)))

    def test_the_best_is_who_was_cheapest_in_that_round(self):
        results = {"strata": result(6, 6, 6), "nsd": result(3, 12, 12), "knot": result(12, 2, 6)}
        self.assertEqual(ratio(results, "strata", 128, ("nsd", "knot", "bind")), 2)
        text = text_report(results, [128], {"nsd": ("nsd",), "best": ("nsd", "knot")})
        lines = [" ".join(line.split()) for line in text.splitlines()]
        self.assertIn("server CPU us/query (min-max) /nsd /best queries/s p50 us p99 us lost others", lines)
        self.assertIn("strata 6.00 6.00-6.00 0.50 2.00 100000 20 90 3 20%!", lines)

    def test_a_generator_that_knows_only_the_mean_latency(self):
        nsd = result(12)
        nsd.loads = {128: [nsd.loads[128][0]._replace(latency_us={"mean": 7.0})]}
        lines = [" ".join(line.split()) for line in text_report({"nsd": nsd}, [128], NSD).splitlines()]
        self.assertIn("nsd 12.00 12.00-12.00 1.00 100000 7 1 20%!", lines)

    def test_text_report(self):
        text = text_report({"knot": result(12, 14, 16), "nsd": result(8, 8, 8)}, [128], NSD)
        lines = [" ".join(line.split()) for line in text.splitlines()]
        self.assertIn("knot 14.00 12.00-16.00 1.75 100000 20 90 3 20%!", lines)
        self.assertIn("knot 0.50 3 NOERROR:7 NXDOMAIN:3 yes", lines)
        self.assertNotIn("not right", text)
        self.assertNotIn("upstream", text)

    def test_recursive_servers_show_what_they_ask_of_others(self):
        unbound = result(12)
        unbound.loads = {128: [unbound.loads[128][0]._replace(upstream=1.5)]}
        text = text_report({"unbound": unbound}, [128], {"unbound": ("unbound",)})
        lines = [" ".join(line.split()) for line in text.splitlines()]
        self.assertIn("unbound 12.00 12.00-12.00 1.00 100000 20 90 1 20%! 1.500", lines)

    def test_wrong_answers_are_loud(self):
        text = text_report({"knot": result(12, problems=["hit wrong: 1 of 2"])}, [128], NSD)
        self.assertIn("!!! knot: hit wrong: 1 of 2", text)
        self.assertIn("NOERROR:7 NXDOMAIN:3     NO", text)

    def test_json_has_every_round(self):
        report = json.loads(json.dumps(json_report({"nsd": result(8, 9)}, NSD)))
        self.assertEqual([load["cpu_us"] for load in report["nsd"]["loads"]["128"]["rounds"]], [8, 9])
        self.assertEqual(report["nsd"]["loads"]["128"]["ratios"], {"nsd": 1})


if __name__ == "__main__":
    unittest.main()
