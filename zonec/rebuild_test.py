# What zonec prints of snapshots is enough to make them again: the JSON of a dump gives the same snapshot, and what diff
# prints, applied to the one zone, gives the other. Zones are those of testdata/ and some made by chance.
#
# SPDX-License-Identifier: Apache-2.0
import glob
import json
import os
import random
import subprocess
import tempfile
import unittest

ZONEC = os.path.abspath("zonec/zonec")
DATA = os.path.abspath("zonec/testdata")
# Octets of character-strings and labels: those that mean something in zone files or JSON, control characters, UTF-8 and
# what is none.
OCTETS = [*b"aZ0.\"\\;()@$*/ \t\n\r\0\x1f\x7f", 0x80, 0xC3, 0xBC, 0xE2, 0x80, 0xA8, 0xFF]


def run(*args):
    return subprocess.run([ZONEC, *args], capture_output=True, check=False)


def text_of(record):
    """The line of a dump that an object of the JSON form is."""
    return "{owner}\t{ttl}\tIN\t{type}\t{rdata}".format(**record)


def escaped(chance, size):
    return "".join(f"\\{chance.choice(OCTETS):03}" for _ in range(size))


def random_record(chance):
    owner = escaped(chance, chance.randint(1, 3)) if chance.random() < 0.3 else f"h{chance.randint(0, 30)}"
    kind = chance.randint(0, 3)
    if kind == 0:
        return f"{owner}.a {chance.choice([0, 5, 2147483647])} CNAME {escaped(chance, 2)}.x."
    if kind == 1:
        return f'{owner}.b TXT "{escaped(chance, chance.randint(0, 9))}" "{chance.randint(0, 9)}"'
    if kind == 2:
        return f"{owner}.b MX {chance.randint(0, 2)} {chance.choice(['M', 'm', 'n'])}.x."
    return f"{owner}.b TYPE65280 \\# 1 {chance.randint(0, 15):02x}"


def random_zone(chance, serial):
    """Lines; the first three are not to be missed. A CNAME has its name to itself, so there is one a name."""
    records = {}
    for _ in range(chance.randint(0, 120)):
        line = random_record(chance)
        records[line.split(" ")[0] if "CNAME" in line else line] = line
    ttl = chance.choice([60, 60, 300])
    return [f"$TTL {ttl}", f"@ SOA ns.x. r.x. {serial} 2 3 4 5", "@ NS ns.x.", *records.values()]


class RebuildTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR"))
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def octets(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def compile(self, name, lines, origin="example"):
        with open(self.path(name + ".zone"), "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in lines))
        compiled = run("compile", "--origin", origin, "-o", self.path(name), self.path(name + ".zone"))
        self.assertEqual(compiled.returncode, 0, compiled.stderr.decode(errors="replace"))
        return self.octets(name)

    def dumped(self, name):
        return run("dump", self.path(name)).stdout.decode("ascii").splitlines()

    def check_json(self, name):
        """The JSON of the snapshot is what it is said to be, and gives the snapshot again."""
        printed = run("dump", "--json", self.path(name))
        self.assertEqual(printed.returncode, 0, printed.stderr)
        text = printed.stdout.decode("utf-8")
        zone = json.loads(text)
        self.assertEqual(list(zone), ["origin", "class", "serial", "identity", "records"])
        self.assertEqual(zone["class"], "IN")
        self.assertEqual(text.count("\n"), len(zone["records"]) + 2, "not a record a line")
        for record in zone["records"]:
            self.assertEqual(list(record), ["owner", "ttl", "type", "rdata"])
            self.assertIsInstance(record["ttl"], int)
        lines = [text_of(record) for record in zone["records"]]
        self.assertEqual(lines, self.dumped(name))
        self.assertEqual(self.compile("again", lines, zone["origin"]), self.octets(name))

    def test_json_of_golden_zones(self):
        count = 0
        for path in glob.glob(DATA + "/*.zone") + glob.glob(DATA + "/*.py"):
            if os.path.basename(path).startswith("bad_"):
                continue
            with self.subTest(path):
                compiled = run("compile", "-o", self.path("golden"), path)
                self.assertEqual(compiled.returncode, 0, compiled.stderr)
                self.check_json("golden")
                count += 1
        self.assertGreater(count, 5)

    def test_json_of_odd_octets(self):
        for seed in range(20):
            with self.subTest(seed):
                self.compile("odd", random_zone(random.Random(seed), 1))
                self.check_json("odd")

    def check_diff(self):
        """Applies what diff prints to the one zone, in both forms of output."""
        paths = self.path("before"), self.path("after")
        before, after = self.dumped("before"), self.dumped("after")
        count = {"added": 0, "removed": 0, "changed": 0}
        told = []
        for line in run("diff", "--json", *paths).stdout.decode("utf-8").splitlines():
            change = json.loads(line)
            sides = {"added": ["after"], "removed": ["before"], "changed": ["before", "after"]}[change["change"]]
            self.assertEqual(list(change), ["change", *sides])
            count[change["change"]] += 1
            told += [("-" if side == "before" else "+") + text_of(change[side]) for side in sides]
        removed = [line[1:] for line in told if line[0] == "-"]
        added = [line[1:] for line in told if line[0] == "+"]
        self.assertEqual(removed, [line for line in before if line not in after])
        self.assertEqual(added, [line for line in after if line not in before])
        printed = run("diff", *paths)
        self.assertEqual(printed.stdout.decode("ascii").splitlines(), told)
        counts = "{added} added, {removed} removed, {changed} changed;".format(**count)
        self.assertIn(counts if told else "no difference;", printed.stderr.decode())
        self.assertEqual(printed.returncode, int(self.octets("before") != self.octets("after")))

    def test_diff_of_two_zones(self):
        for seed in range(40):
            with self.subTest(seed):
                chance = random.Random(seed)
                self.compile("before", random_zone(chance, 1))
                self.compile("after", random_zone(chance, chance.randint(1, 2)))
                self.check_diff()

    def test_diff_of_a_zone_that_loses_a_line_or_two_or_none(self):
        for seed in range(40):
            with self.subTest(seed):
                chance = random.Random(seed)
                lines = random_zone(chance, 1)
                self.compile("before", lines)
                records = chance.sample(lines[3:], max(0, len(lines) - 3 - seed % 3))
                self.compile("after", lines[:3] + records)
                self.check_diff()


if __name__ == "__main__":
    unittest.main()
