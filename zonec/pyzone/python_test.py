# The language of pyzones against Python itself: what both take means the same.
#
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import tempfile
import unittest

ZONEC = os.path.abspath("zonec/zonec")
TESTDATA = os.path.abspath("zonec/pyzone/testdata")


def run_in_python(program):
    """The variables that a program leaves, with record functions that keep their arguments."""
    variables = {name: lambda *args, _name=name, **named: (_name, args, named) for name in ("SOA", "NS", "TXT")}
    exec(compile(program, "program", "exec"), variables)
    return variables


def zonec(command, program):
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8", newline="") as file:
        file.write(program)
        file.flush()
        return subprocess.run([ZONEC, *command, file.name], capture_output=True, check=False)


def unquote(text):
    """The octets of the character-strings of a TXT record: "a" "b"."""
    out, at = bytearray(), 0
    inside = False
    while at < len(text):
        c = text[at]
        if c == '"':
            inside = not inside
        elif inside and c == "\\":
            if text[at + 1].isdigit():
                out.append(int(text[at + 1:at + 4]))
                at += 3
            else:
                out += text[at + 1].encode()
                at += 1
        elif inside:
            out += c.encode()
        at += 1
    return out.decode()


class PythonTest(unittest.TestCase):
    def test_programs_mean_the_same(self):
        with open(os.path.join(TESTDATA, "language.py"), encoding="utf-8") as file:
            program = file.read()
        expected = [repr(result) for result in run_in_python(program)["results"]]
        self.assertGreater(len(expected), 900)
        with tempfile.TemporaryDirectory() as folder:
            snapshot = os.path.join(folder, "out.snap")
            done = zonec(["compile", "-o", snapshot], program)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            dump = subprocess.run([ZONEC, "dump", snapshot], capture_output=True, check=True).stdout.decode()
        ours = {}
        for line in dump.splitlines():
            owner, _, _, rr_type, rdata = line.split("\t", 4)
            if rr_type == "TXT":
                ours[int(owner[1:owner.index(".")])] = unquote(rdata)
        self.assertEqual(len(ours), len(expected))
        for number, result in enumerate(expected):
            with self.subTest(number=number):
                self.assertEqual(ours[number], result)

    def test_mistakes_are_mistakes(self):
        count = 0
        with open(os.path.join(TESTDATA, "wrong.txt"), encoding="utf-8") as cases:
            for line in cases:
                if line.startswith("#"):
                    continue
                count += 1
                program = line.rstrip("\n").replace("\\n", "\n").replace("\\t", "\t") + "\n"
                with self.subTest(program=program):
                    with self.assertRaises(Exception):
                        run_in_python(program)
                    done = zonec(["check", "--format=pyzone"], program + "\nzone = []\n")
                    self.assertEqual(done.returncode, 1)
                    # It is the statement that is wrong, and it is said where.
                    self.assertRegex(done.stderr.decode(), r"\.py:\d+:\d+: error: ")
        self.assertGreater(count, 70)


if __name__ == "__main__":
    unittest.main()
