# Compares zonec with BIND's named-compilezone: whether both take a text, and which records they make of it.
#
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import tempfile
import unittest

ZONEC = os.path.abspath("zonec/zonec")
TESTDATA = os.path.abspath("zonec/testdata")
HEAD = "$TTL 60\n@ SOA ns.x. r.x. 1 2 3 4 5\n@ NS ns.x.\n"
# Only what the text says is compared, not what the checks of a zone think of it.
NAMED = ["named-compilezone", "-q", "-k", "ignore", "-i", "none", "-n", "ignore", "-r", "ignore"]


def run(*args):
    return subprocess.run(args, capture_output=True, text=True, errors="replace", check=False)


class PeerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR"))
        self.addCleanup(folder.cleanup)
        os.chdir(folder.name)

    def records(self, file, origin):
        """The canonical records that zonec makes of a file; None when it refuses it."""
        compiled = run(ZONEC, "compile", "--origin=" + origin, "-o", "out.snap", file)
        self.assertIn(compiled.returncode, (0, 1), compiled.stderr)
        if compiled.returncode != 0:
            return None
        dump = run(ZONEC, "dump", "out.snap")
        self.assertEqual(dump.returncode, 0, dump.stderr)
        return dump.stdout

    def peer_records(self, file, origin):
        """The same of what BIND makes of it."""
        named = run(*NAMED, "-o", "named.zone", origin, file)
        if named.returncode != 0:
            return None
        return self.records("named.zone", origin) or "zonec refuses what named-compilezone wrote"

    def test_zones(self):
        for name, origin in (("all_types", "types.example"), ("syntax", "syntax.example"), ("tree", "tree.example")):
            file = os.path.join(TESTDATA, name + ".zone")
            with self.subTest(zone=name):
                ours = self.records(file, origin)
                self.assertIsNotNone(ours)
                self.assertEqual(ours, self.peer_records(file, origin))

    def test_cases(self):
        count = 0
        with open(os.path.join(TESTDATA, "peer_cases.txt"), encoding="utf-8") as cases:
            for line in cases:
                verdict, text = line[:2], line[2:].rstrip("\n")
                if verdict not in ("= ", "! "):
                    continue
                count += 1
                with open("case.zone", "w", encoding="utf-8", newline="") as file:
                    file.write(HEAD + text.replace("\\n", "\n").replace("\\r", "\r") + "\n")
                with self.subTest(case=text):
                    ours, theirs = self.records("case.zone", "t"), self.peer_records("case.zone", "t")
                    if verdict == "= ":
                        self.assertEqual(ours, theirs)
                    else:
                        self.assertNotEqual(ours, theirs, "they agree now: mark the case with =")
        self.assertGreater(count, 150)


if __name__ == "__main__":
    unittest.main()
