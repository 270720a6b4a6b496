# Tests of tld_zone.
#
# SPDX-License-Identifier: Apache-2.0
"""The zone has what it should, and is the same each time."""

import pathlib
import tempfile
import unittest

from bench.tld_zone import write_tld_zone


class TldZoneTest(unittest.TestCase):
    def _write(self, records: int) -> tuple[int, list[str]]:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "zone")
            count = write_tld_zone(path, records)
            return count, path.read_text(encoding="ascii").splitlines()

    def test_has_as_many_records_as_asked_for(self):
        for records in (5, 6, 100, 1000):
            count, lines = self._write(records)
            self.assertEqual(count, len([line for line in lines if not line.startswith("$")]))
            self.assertIn(count - records, range(4))

    def test_is_the_same_each_time(self):
        self.assertEqual(self._write(200), self._write(200))

    def test_every_delegation_has_glue(self):
        _, lines = self._write(500)
        owners = {line.split()[0] for line in lines}
        delegated = [line.split()[0] for line in lines if " NS ns1.d" in line]
        self.assertGreater(len(delegated), 100)
        self.assertEqual(len(set(delegated)), len(delegated))
        for name in delegated:
            self.assertIn(f"ns1.{name}", owners)


if __name__ == "__main__":
    unittest.main()
