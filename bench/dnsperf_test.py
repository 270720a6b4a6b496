# What dnsperf is told, and what is read from its report.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of dnsperf."""

import pathlib
import unittest

from bench.dnsperf import connections_of, dnsperf_command, parse_report

REPORT = """[Status] Testing complete (time limit)

Statistics:

  Queries sent:         193400
  Queries completed:    193340 (99.97%)
  Queries lost:         56 (0.03%)
  Queries interrupted:  4 (0.00%)

  Response codes:       NOERROR 164012 (84.83%), NXDOMAIN 29328 (15.17%)
  Average packet size:  request 62, response 104
  Run time (s):         3.004175
  Queries per second:   64357.103032

  Average Latency (s):  0.001236 (min 0.000028, max 0.027889)
  Latency StdDev (s):   0.002964

Connection Statistics:

  Reconnections:        16034

  Average Latency (s):  0.003586 (min 0.000158, max 0.005678)
"""


class DnsperfTest(unittest.TestCase):
    """Command and report."""

    def test_queries_share_connections(self):
        self.assertEqual([connections_of(window) for window in (1, 15, 32, 512, 100_000)], [1, 1, 2, 32, 64])

    def test_a_load_lasts_for_some_time_or_through_its_file(self):
        timed = dnsperf_command(53, pathlib.Path("queries"), 512, 2.5)
        self.assertEqual(timed[-2:], ["-l", "2.5"])
        self.assertEqual(timed[timed.index("-q") + 1], "512")
        self.assertEqual(timed[timed.index("-c") + 1], "32")
        self.assertEqual(dnsperf_command(53, pathlib.Path("queries"), 512, None)[-2:], ["-n", "1"])

    def test_a_report(self):
        report = parse_report(REPORT)
        self.assertAlmostEqual(report["latency_us"].pop("mean"), 1236)
        self.assertEqual(
            report,
            {
                "answered": 193340,
                "lost": 60,
                "unexpected": 0,
                "qps": 64357.103032,
                "rcodes": {"NOERROR": 164012, "NXDOMAIN": 29328},
                "latency_us": {},
                "reconnections": 16034,
            },
        )

    def test_late_answers_are_unexpected(self):
        line = "Warning: received a response with an unexpected (maybe timed out) id: 7\n"
        self.assertEqual(parse_report(2 * line + REPORT)["unexpected"], 2)

    def test_no_answers(self):
        empty = REPORT.replace("completed:    193340", "completed:    0").replace("NOERROR 164012 (84.83%),", "")
        self.assertEqual(parse_report(empty)["rcodes"], {})

    def test_no_report(self):
        with self.assertRaisesRegex(ValueError, "Error: nothing works"):
            parse_report("Error: nothing works\n")


if __name__ == "__main__":
    unittest.main()
