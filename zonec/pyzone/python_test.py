# The language of pyzones against Python itself: what both take means the same.
#
# SPDX-License-Identifier: Apache-2.0
import math
import os
import random
import re
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


class Generator:
    """Makes expressions, the same ones in each run."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self, depth):
        if depth == 0:
            return self.random.choice(["0", "1", "-3", "7", "255", "True", "2.5", "-0.5", "10**9"])
        a, b = self.number(depth - 1), self.number(depth - 1)
        return self.random.choice([
            f"({a} {self.random.choice('+ - * // %'.split())} {b})", f"({a} if {a} < {b} else {b})", f"abs({a})",
            f"max({a}, {b})", f"sum({self.list(depth - 1)})", f"len({self.text(depth - 1)})", f"round({a}, 1)",
            f"divmod({a}, {b})[1]", f"(lambda n: n * 2)({a})", f"int({a})", f"(not {a})", f"({a} == {b})"])

    def text(self, depth):
        if depth == 0:
            return self.random.choice(["''", "'a'", "'Ab c'", "'x.y'", "' ns1\\n'", "'\u00e4'", "'10'"])
        a, b = self.text(depth - 1), self.text(depth - 1)
        n, items = self.number(depth - 1), self.list(depth - 1)
        start, stop, step = (self.random.choice(["", "0", "1", "-2", "9"]) for _ in range(3))
        spec = self.random.choice(["", "5", "<4", ">6", "^7", "*^5"])
        method = self.random.choice(["lower", "title", "strip", "capitalize", "swapcase", "upper"])
        return self.random.choice([
            f"({a} + {b})", f"{a}[{start}:{stop}:{step if step != '0' else ''}]", f"str({n})", f"repr({items})",
            f"('%s-%5s' % ({a}, {n}))", f"'{{0:{spec}}}'.format({a})", f"(lambda a, n: f'{{a:{spec}}}{{n!r}}')({a}, {n})", f"{a}.{method}()",
            f"{a}.replace('a', {b})", f"{b}.join([{a}, {a}])", f"{a}.center(6, '-')", f"{a}.removeprefix('a')",
            f"({a} or {b})", f"({a} * 2)"])

    def list(self, depth):
        if depth == 0:
            return self.random.choice(["[]", "[1]", "[3, 1, 2]", "[0.5, True]", "list(range(4))"])
        a, b, n = self.list(depth - 1), self.list(depth - 1), self.number(depth - 1)
        return self.random.choice([
            f"({a} + {b})", f"sorted({a}, key=lambda n: -n)", f"[n for n in {a} if n != {n}]", f"[*{a}, {n}]",
            f"list(map(lambda n: n + 1, {a}))", f"list(reversed({a}))", f"list(dict.fromkeys({a}))", f"{a}[::-1]",
            f"[x * y for x, y in zip({a}, {b})]", f"[i for i, n in enumerate({a}, 1)]", f"list(filter(None, {a}))",
            f"[len(t) for t in {self.text(depth - 1)}.split('.')]", f"sorted({a}, reverse=True)[1:]"])

    def expression(self):
        return self.random.choice([self.number, self.text, self.list])(self.random.randint(1, 4))


def has_other_limits(value):
    """What is an error here and not in Python: ints beyond 64 bits, floats that are no numbers."""
    if isinstance(value, (list, tuple)):
        return any(map(has_other_limits, value))
    return isinstance(value, int) and abs(value) >= 2**63 or isinstance(value, float) and not math.isfinite(value)


class GeneratedTest(unittest.TestCase):
    def test_expressions_mean_the_same(self):
        generator = Generator(20260131)
        lines, expected = [], []
        while len(lines) < 3000:
            expression = generator.expression()
            try:
                value = eval(expression)
            except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
                continue
            if len(repr(value)) > 2000 or has_other_limits(value):
                continue
            lines.append(expression)
            expected.append(repr(value))
        wrong = self.evaluate(lines)
        for line, ours, python in zip(lines, wrong, expected):
            # What the language does not take is said with a message; what it takes means the same.
            if ours is not None:
                with self.subTest(line=line):
                    self.assertEqual(ours, python)
        self.assertGreater(sum(ours is not None for ours in wrong), 1500)

    def evaluate(self, lines):
        """Each expression's repr(), or None where the language refuses it."""
        results = [None] * len(lines)
        numbers = list(range(len(lines)))
        with tempfile.TemporaryDirectory() as folder:
            snapshot = os.path.join(folder, "out.snap")
            while True:
                program = "zone = [SOA('a.test', 'ns', 'root'), NS('a.test', 'ns.b.test')]\n"
                program += "def add(n, value):\n  t = repr(value).encode().hex()\n"
                program += "  zone.append(TXT(f'n{n}.a.test', *[t[i:i + 200] for i in range(0, len(t), 200)]))\n"
                program += "".join(f"add({n}, {lines[n]})\n" for n in numbers)
                done = zonec(["compile", "-o", snapshot], program)
                if done.returncode == 0:
                    break
                at = int(re.search(rb"\.py:(\d+):\d+: error", done.stderr).group(1)) - 5
                self.assertGreaterEqual(at, 0, done.stderr)
                del numbers[at]
            dump = subprocess.run([ZONEC, "dump", snapshot], capture_output=True, check=True).stdout.decode()
        for line in dump.splitlines():
            owner, _, _, rr_type, rdata = line.split("\t", 4)
            if rr_type == "TXT":
                results[int(owner[1:owner.index(".")])] = bytes.fromhex(unquote(rdata)).decode()
        return results


if __name__ == "__main__":
    unittest.main()
