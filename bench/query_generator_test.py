# Queries are of the kind that they claim to be.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of query_generator."""

import pathlib
import tempfile
import unittest

from bench.query_generator import (
    EXPECTED,
    expected_rcodes,
    generate_queries,
    generate_unique_queries,
    parse_mix,
    write_queries,
)
from bench.zone_generator import ORIGIN, generate_zone


def ancestors(name):
    """The name and those above it, in the zone."""
    while name != ORIGIN:
        yield name
        name = name.partition(".")[2]
    yield ORIGIN


class QueryGeneratorTest(unittest.TestCase):
    """Each kind is checked against the records, the way RFC 1034 section 4.3.2 looks names up."""

    def setUp(self):
        self.records = generate_zone(5000)
        self.types = {}
        self.exists = set()
        for record in self.records:
            self.types.setdefault(record.owner, set()).add(record.type)
            self.exists.update(ancestors(record.owner))
        self.queries = generate_queries(self.records, 2000)

    def kind_of(self, query):
        """What kind of answer the zone has for the query."""
        if any("NS" in self.types.get(name, ()) for name in ancestors(query.name) if name != ORIGIN):
            return "referral"
        if query.name in self.exists:
            types = self.types.get(query.name, set())
            return "hit" if query.type in types or "CNAME" in types else "nodata"
        encloser = next(name for name in ancestors(query.name) if name in self.exists)
        return "wildcard" if query.type in self.types.get("*." + encloser, ()) else "nxdomain"

    def test_every_query_is_of_its_kind(self):
        for query in self.queries:
            self.assertEqual(self.kind_of(query), query.kind, query)

    def test_every_kind_occurs(self):
        self.assertEqual({query.kind for query in self.queries}, set(EXPECTED))

    def test_same_arguments_same_queries(self):
        self.assertEqual(self.queries, generate_queries(self.records, 2000))
        self.assertNotEqual(self.queries, generate_queries(self.records, 2000, seed=3))

    def test_unique_queries_all_have_answers(self):
        queries = generate_unique_queries(self.records, 3000)
        self.assertEqual(len({query.name for query in queries}), 3000)
        self.assertEqual({self.kind_of(query) for query in queries}, {"wildcard"})

    def test_mix_is_followed(self):
        queries = generate_queries(self.records, 1000, {"nxdomain": 3, "hit": 1})
        counts = {kind: sum(query.kind == kind for query in queries) for kind in EXPECTED}
        self.assertEqual(counts["nxdomain"] + counts["hit"], 1000)
        self.assertAlmostEqual(counts["nxdomain"], 750, delta=60)
        self.assertEqual(expected_rcodes(queries), {"NXDOMAIN": counts["nxdomain"], "NOERROR": counts["hit"]})

    def test_parse_mix(self):
        self.assertEqual(parse_mix("hit=80,nxdomain=20"), {"hit": 80, "nxdomain": 20})
        for bad in ("", "hit", "hit=x", "hit=-1", "miss=3", "hit=0"):
            with self.assertRaises(ValueError, msg=bad):
                parse_mix(bad)

    def test_query_file(self):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory, "queries")
            write_queries(self.queries[:2], path)
            expected = [f"{query.name}. {query.type}" for query in self.queries[:2]]
            self.assertEqual(path.read_text().splitlines(), expected)


if __name__ == "__main__":
    unittest.main()
