# The generated zone: always the same, and one that a server may load.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of zone_generator and zone_files."""

import hashlib
import pathlib
import tempfile
import unittest

from bench.zone_files import master_line, pyzone_line, write_master, write_pyzone
from bench.zone_generator import ORIGIN, Record, generate_zone


class ZoneGeneratorTest(unittest.TestCase):
    """A zone of some thousand records has everything in it."""

    def setUp(self):
        self.records = generate_zone(5000)
        self.by_owner = {}
        for record in self.records:
            self.by_owner.setdefault(record.owner, []).append(record)

    def test_same_arguments_same_zone_on_every_machine(self):
        text = "\n".join(master_line(record) for record in self.records)
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.assertEqual(digest, "e85ec1ca65506b1711dce51edd2ddfecebad9aa3e87ef0d896bdbdbefdf1054c")
        self.assertNotEqual(self.records, generate_zone(5000, seed=2))

    def test_size_is_what_was_asked_for(self):
        self.assertGreaterEqual(len(self.records), 5000)
        self.assertLess(len(self.records), 5010)

    def test_begins_with_its_only_soa(self):
        self.assertEqual([record for record in self.records if record.type == "SOA"], self.records[:1])
        self.assertEqual(self.records[0].owner, ORIGIN)

    def test_every_kind_of_data_is_there(self):
        types = {record.type for record in self.records}
        self.assertEqual(types, {"SOA", "NS", "A", "AAAA", "MX", "TXT", "CNAME"})
        self.assertTrue(any(owner.startswith("*.") for owner in self.by_owner))
        self.assertTrue(any(record.type == "NS" and record.owner != ORIGIN for record in self.records))

    def test_no_record_twice(self):
        self.assertEqual(len(set(self.records)), len(self.records))

    def test_alias_owns_nothing_else(self):
        for owner, records in self.by_owner.items():
            if any(record.type == "CNAME" for record in records):
                self.assertEqual(len(records), 1, owner)

    def test_names_in_the_zone_that_records_point_to_exist(self):
        for record in self.records:
            if record.type in ("NS", "MX", "CNAME") and record.fields[-1].endswith("." + ORIGIN):
                self.assertIn(record.fields[-1], self.by_owner)

    def test_every_rrset_has_one_ttl(self):
        ttls = {}
        for record in self.records:
            self.assertEqual(ttls.setdefault((record.owner, record.type), record.ttl), record.ttl)


class ZoneFilesTest(unittest.TestCase):
    """Text forms of records."""

    def test_master_line(self):
        self.assertEqual(master_line(Record("a.b", "MX", (10, "c.d"), 60)), "a.b. 60 IN MX 10 c.d.")
        self.assertEqual(master_line(Record("a.b", "TXT", ("x; y",))), 'a.b. 3600 IN TXT "x; y"')
        self.assertEqual(
            master_line(Record("b", "SOA", ("ns.b", "mail.b", 1, 2, 3, 4, 5))), "b. 3600 IN SOA ns.b. mail.b. 1 2 3 4 5"
        )

    def test_pyzone_line(self):
        self.assertEqual(pyzone_line(Record("a.b", "MX", (10, "c.d"), 60)), "    MX('a.b', 10, 'c.d', ttl=60),")
        self.assertEqual(pyzone_line(Record("a.b", "TXT", ("x",))), "    TXT('a.b', b'x', ttl=3600),")

    def test_both_files_hold_every_record(self):
        records = generate_zone(200)
        functions = {kind: lambda *args, **kw: (args, kw) for kind in {record.type for record in records}}
        with tempfile.TemporaryDirectory() as directory:
            master, pyzone = pathlib.Path(directory, "zone"), pathlib.Path(directory, "zone.py")
            write_master(records, master)
            write_pyzone(records, pyzone)
            self.assertEqual(len(master.read_text().splitlines()), len(records))
            variables = {}
            exec(pyzone.read_text(), functions, variables)  # as its reader does
        self.assertEqual([args[0] for args, _ in variables["zone"]], [record.owner for record in records])
        self.assertEqual([kw["ttl"] for _, kw in variables["zone"]], [record.ttl for record in records])


if __name__ == "__main__":
    unittest.main()
