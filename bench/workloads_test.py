# Workloads ask what they say they ask.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of workloads and of what resolvers are told."""

import pathlib
import tempfile
import unittest

from bench.resolvers import RESOLVERS
from bench.results import Load
from bench.servers import Site
from bench.workloads import WORKLOADS, upstream_problem
from bench.zone_generator import generate_zone


def load(upstream, lost=0):
    """With 1000 answers."""
    return Load(
        cpu_us=9, qps=1e5, latency_us={}, answered=1000, lost=lost, unexpected=0, others=0, upstream=upstream
    )


class WorkloadsTest(unittest.TestCase):
    """Zones and query files."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        self.records = generate_zone(5000)

    def make_queries(self, name, count, windows):
        workload = WORKLOADS[name]
        return workload.make_queries(workload.usable(self.records), count, None, windows, self.directory)

    def test_only_who_forwards_does_without_what_leads_elsewhere(self):
        self.assertEqual(WORKLOADS["authority"].usable(self.records), self.records)
        left_out = set(self.records) - set(WORKLOADS["warm"].usable(self.records))
        self.assertEqual({record.type for record in left_out}, {"CNAME"})
        self.assertTrue(all(record.fields[0].endswith(".elsewhere.example") for record in left_out))

    def test_a_warm_cache_is_asked_again_for_what_it_was_asked_first(self):
        queries = self.make_queries("warm", 200, [512, 1])
        self.assertEqual(queries.files, {512: queries.first_file, 1: queries.first_file})
        self.assertEqual(len(queries.first), 200)
        self.assertEqual({query.kind for query in queries.first}, {"hit", "wildcard", "nodata", "nxdomain"})

    def test_no_miss_comes_twice(self):
        queries = self.make_queries("miss", 200, [512, 1])
        files = [queries.first_file, queries.files[512], queries.files[1]]
        lines = [line for file in files for line in file.read_text().splitlines()]
        self.assertEqual(len(lines), 600)
        self.assertEqual(len(set(lines)), 600)

    def test_upstream_problem(self):
        warm, miss = WORKLOADS["warm"].upstream(), WORKLOADS["miss"].upstream()
        self.assertIsNone(upstream_problem(WORKLOADS["authority"].upstream(), load(None)))
        self.assertIsNone(upstream_problem(warm, load(0)))
        self.assertIn("0.002", upstream_problem(warm, load(0.002)))
        self.assertIsNone(upstream_problem(miss, load(1.02)))
        self.assertIn("1.500", upstream_problem(miss, load(1.5)))
        self.assertIn("0.900", upstream_problem(miss, load(0.9)))

    def test_what_was_lost_may_have_been_asked(self):
        miss = WORKLOADS["miss"].upstream()
        self.assertIsNone(upstream_problem(miss, load(1.05, lost=50)))
        self.assertIsNone(upstream_problem(miss, load(1, lost=50)))
        self.assertIn("1.200", upstream_problem(miss, load(1.2, lost=50)))

    def test_references_are_measured(self):
        for name, workload in WORKLOADS.items():
            for servers in workload.references().values():
                self.assertLessEqual(set(servers), set(workload.servers), name)

    def test_over_tcp_the_best_peer_is_a_reference_too(self):
        references = WORKLOADS["tcp"].references()
        self.assertEqual(references, {"nsd": ("nsd",), "best": ("nsd", "knot", "bind")})
        self.assertEqual(WORKLOADS["authority"].references(), {"nsd": ("nsd",)})

    def test_every_resolver_is_told_where_to_listen_and_whom_to_ask(self):
        for name, server in RESOLVERS.items():
            if not server.is_dns:
                continue
            directory = self.directory / name
            directory.mkdir()
            site = Site(50001, pathlib.Path("zone"), pathlib.Path("pyzone"), directory, pathlib.Path("bin"), 50002)
            text = str(server.prepare(site)) + "".join(file.read_text() for file in directory.iterdir())
            self.assertIn("50001", text, name)
            self.assertIn("50002", text, name)


if __name__ == "__main__":
    unittest.main()
