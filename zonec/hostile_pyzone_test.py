# Untrusted pyzones cannot hang zonec or exhaust it.
#
# SPDX-License-Identifier: Apache-2.0
import unittest

from zonec.hostile import Case, check

ZONE = 'zone = [SOA("example", "ns.x", "r.x", serial=1), NS("example", "ns.x")]\n'
# Values may take 512 MiB; what holds them takes a little more.
VALUES = 768


def text(*pieces):
    """A program that ends with a zone; made when it is needed."""
    return lambda: [*(piece() if callable(piece) else piece for piece in pieces), "\n", ZONE]


def program(name, body, says="", memory=VALUES, status=1):
    return Case(name, text(body), status, says, memory)


# Each takes the program's steps, and no more of anything.
LOOPS = {
    "nested loops": "for a in range(10**6):\n for b in range(10**6):\n  for c in range(10**6):\n   x = 1",
    "a loop that does nothing": "for a in range(2**62):\n  pass",
    "a comprehension": "x = [0 for a in range(10**6) for b in range(10**6) if a > b and b > a]",
    "a generator": "x = sum(1 for a in range(10**9) for b in range(10**9))",
    "a list that grows in its loop": "x = [1]\nfor a in x:\n  x.append(a)",
    "a list that is extended by itself": "x = [1]\nfor a in x:\n  x.extend(x)",
    "in": "x = list(range(10**5))\nfor a in range(10**6):\n  y = -1 in x",
    "in a string": "x = 'a' * 10**6\ny = 'a' * 500000 + 'b'\nfor a in range(10**6):\n  z = y in x",
    "count": "x = 'a' * 10**6\nfor a in range(10**6):\n  y = x.count('aab')",
    "replace": "x = 'a' * 10**6\nfor a in range(10**6):\n  y = x.replace('b', 'c')",
    "split": "x = 'a,' * 10**6\nfor a in range(10**6):\n  y = x.split(',')",
    "equal strings": "x = 'a' * 10**6\ny = 'a' * 10**6\nfor a in range(10**7):\n  z = x == y",
    "equal lists": "x = [0] * 10**6\ny = [0] * 10**6\nfor a in range(10**7):\n  z = x == y",
    "strip": "x = ' ' * 10**6\nfor a in range(10**7):\n  z = x.strip()",
    "upper": "x = 'a' * 10**6\nfor a in range(10**7):\n  z = x.upper()",
    "slices": "x = 'a' * 10**6\nfor a in range(10**7):\n  z = x[1:]",
    "slices by steps": "x = [0] * 10**6\nfor a in range(10**7):\n  z = x[::-1]",
    "insert at the front": "x = []\nfor a in range(10**7):\n  x.insert(0, a)",
    "sorted": "x = [str(i) for i in range(10**5)]\nfor a in range(10**7):\n  y = sorted(x)",
    "sorted by a slow key": "def f(x):\n  return sum(range(10**5))\ny = sorted(range(10**5), key=f)",
    "dicts with keys that are alike": "x = {}\nfor a in range(10**7):\n  x[a * 2**32] = a",
    "dicts with long keys": "k = 'a' * 10**6\nx = {k: 1}\nfor a in range(10**7):\n  y = x[k]",
    "functions": "def f():\n  for a in range(10**9):\n    x = 1\nf()",
    "functions that call two": "def f0():\n  return 1\n" + "".join(
        f"def f{i}():\n  return f{i - 1}() + f{i - 1}()\n" for i in range(1, 49)) + "x = f48()",
}

BOMBS = {
    "s += s": "s = 'x'\nfor i in range(64):\n  s += s",
    "s * 2": "s = 'x'\nfor i in range(64):\n  s = s * 2",
    "s * 2**62": "s = 'x' * 2**62",
    "2**62 * s": "s = 2**62 * 'x'",
    "b * 2**62": "s = b'x' * 2**62",
    "join": "s = 'x' * 10**6\ns = s.join([s] * 10**6)",
    "join of the empty": "s = ('x' * 10**6).join([''] * 10**6)",
    "replace": "s = 'x' * 10**6\ns = s.replace('x', s)",
    "replace of much": "s = 'x' * 10**5\nt = []\nfor i in range(10**6):\n  t.append(s.replace('x', 'xyz'))",
    "a width": "s = '{:>4000000000}'.format(1)",
    "a width of 20 digits": "s = '{:>99999999999999999999}'.format(1)",
    "a width in an f-string": "s = f'{1:>4000000000}'",
    "a width of its own": "s = f'{1:>{10**9}}'",
    "% with a width": "s = '%4000000000d' % 1",
    "% with *": "s = '%*d' % (10**9, 1)",
    "% with a precision": "s = '%.4000000000f' % 1.5",
    "a precision": "s = '{:.4000000000f}'.format(1.5)",
    "formats of large strings": "s = 'x' * 10**6\nt = '{0}' * 10**5\nu = t.format(s)",
    "% of large strings": "s = 'x' * 10**6\nu = '%s' * 10 % ((s,) * 10)",
    "zfill": "s = '1'.zfill(10**9)",
    "encode": "s = ['x' * 10**6]\nfor i in range(10**6):\n  s.append(s[0].encode())",
    "repr": "s = ['\\x00' * 10**6]\nfor i in range(10**6):\n  s.append(repr(s[0]))",
    "strings that are kept": "s = []\nfor i in range(10**6):\n  s.append('x' * 10**6)",
    "lists that double": "s = [1]\nfor i in range(64):\n  s += s",
    "lists by *": "s = [1] * 2**62",
    "lists of lists": "s = [[0] * 10**6 for i in range(10**6)]",
    "list(range)": "s = list(range(2**62))",
    "tuple(range)": "s = tuple(range(2**62))",
    "sorted(range)": "s = sorted(range(2**62))",
    "sum(range)": "s = sum(range(2**62))",
    "max(range)": "s = max(range(2**62))",
    "join of a range": "s = ','.join(str(i) for i in range(2**62))",
    "zip": "s = list(zip(range(2**62), range(2**62)))",
    "enumerate": "s = list(enumerate(range(2**62)))",
    "starred arguments": "s = A(*range(2**62))",
    "unpacking a range": "a, b = range(2**62)",
    "dicts": "s = {i: i for i in range(10**9)}",
    "records": "zone = [A('a', '192.0.2.1') for i in range(10**8)]",
    "records by *": "zone = [A('a', '192.0.2.1')] * 10**6 * 100",
}

NUMBERS = {
    "a shift": "s = 1 << 10**9",
    "a power": "s = 10**10**10",
    "a power of a power": "s = 2\nfor i in range(100):\n  s = s ** s",
    "multiplications": "s = 3\nfor i in range(100):\n  s = s * s",
    "sums": "s = 3\nfor i in range(100):\n  s = s + s",
}


def deep(opening, inner, closing, count=10**6):
    return lambda: "x = " + opening * count + inner + closing * count


NESTED = {
    "parentheses": deep("(", "1", ")"),
    "lists": deep("[", "1", "]"),
    "open lists": deep("[", "", ""),
    "dicts": deep("{1:", "1", "}"),
    "mixed brackets": deep("([{1:", "1", "}])"),
    "minus": deep("-", "1", ""),
    "not": deep("not ", "1", ""),
    "~": deep("~", "1", ""),
    "powers": deep("1**", "1", ""),
    "conditions": deep("1 if 1 else ", "1", ""),
    "comprehensions": deep("[", "1", " for x in [1]]"),
    "clauses of a comprehension": deep("[1", "", " for x in [1]") ,
    "calls": deep("f(", "1", ")"),
    "calls of calls": deep("", "f", "()"),
    "items of items": deep("", "x", "[0]"),
    "items in items": deep("x[", "0", "]"),
    "attributes": deep("", "x", ".a"),
    "slices": deep("x[:", "0", "]"),
    "f-strings": deep("f'{", "1", "}'"),
    "format fields": deep("'", "{0:" * 10**6 + "}" * 10**6, "'.format(1)", 1),
    "targets": lambda: "(" * 10**6 + "a" + ",)" * 10**6 + " = 1",
    "stars": deep("*", "1", ""),
    "blocks": lambda: "".join(" " * i + "if 1:\n" for i in range(2000)) + " " * 2000 + "x = 1",
    "functions in functions": lambda: "".join(" " * i + "def f():\n" for i in range(2000)) + " " * 2000 + "return 1",
    "parameters": lambda: "def f(" + ", ".join(f"a{i}" for i in range(10**5)) + "):\n  return 1",
    "arguments": lambda: "x = A(" + "1, " * 10**6 + ")",
}

# Long, and not deep.
FLAT = {
    "sums": deep("1+", "1", ""),
    "comparisons": deep("1<", "1", ""),
    "and": deep("1 and ", "1", ""),
    "braces of an f-string": deep("f'", "{" * 10**6, "'", 1),
    "chained targets": lambda: "a = " * 10**6 + "1",
    "elifs": lambda: "if 0:\n  x = 1\n" + "elif 0:\n  x = 1\n" * 10**5,
}

LEVELS = "x = []\nfor i in range(10**5):\n  x = [x]\n"
CYCLE = "x = []\nx.append(x)\n"
DATA = {
    "deep lists printed": LEVELS + "y = str(x)",
    "deep lists in an f-string": LEVELS + "y = f'{x}'",
    "deep lists in %": LEVELS + "y = '%s' % [x]",
    "deep lists compared": LEVELS + "z = []\nfor i in range(10**5):\n  z = [z]\ny = x == z",
    "deep lists ordered": LEVELS + "z = []\nfor i in range(10**5):\n  z = [z]\ny = x < z",
    "deep tuples as a key": "x = ()\nfor i in range(10**5):\n  x = (x,)\ny = {x: 1}",
    "wide and deep": "x = ['x' * 1000]\nfor i in range(64):\n  x = [x, x, x, x]\ny = str(x)",
    "wide and deep, compared": "x = [0]\nz = [0]\nfor i in range(64):\n  x = [x, x]\n  z = [z, z]\ny = x == z",
    "wide and deep keys": "x = (0,)\nfor i in range(64):\n  x = (x, x)\ny = {x: 1}",
    "a list in itself, printed": CYCLE + "y = str(x)",
    "a list in itself, compared": CYCLE + "z = []\nz.append(z)\ny = x == z",
    "a list in itself, sorted": CYCLE + "z = []\nz.append(z)\ny = sorted([x, z])",
    "a dict in itself": "x = {}\nx[1] = x\ny = str(x)",
}

RECURSION = {
    "recursion": "def f():\n  return f()\nx = f()",
    "recursion by an argument": "def f(g):\n  return g(g)\nx = f(f)",
    "recursion by a list": "l = []\ndef f():\n  return l[0]()\nl.append(f)\nx = f()",
    "recursion by a dict": "l = {}\ndef f():\n  return l['f']()\nl['f'] = f\nx = f()",
    "recursion by a default": "def f(g=1):\n  return f(g=f)\nx = f()",
    "recursion by a key": "def f(x):\n  return sorted([1, 2], key=f)\nx = f(1)",
    "recursion by a generator": "def f():\n  return sum(f() for i in [1])\nx = f()",
    "recursion by two": "def f():\n  return g()\ndef g():\n  return f()\nx = f()",
    "recursion through brackets": "def f():\n  return " + "(" * 40 + "[" * 40 + "f()" + "]" * 40 + ")" * 40 + "\nx = f()",
}

TEXTS = [
    Case("deep lists as the zone", LEVELS + "zone = x", says="[zone-list]"),
    Case("a zone in itself", "zone = []\nzone.append(zone)", says="[zone-list]"),
    Case("wrong records", text("zone = [A('a', 'x') for i in range(10**6)]\nzone = zone + 1"), memory=VALUES),
    Case("wrong records, each of its own", text(lambda: "A('a', 'x')\n" * 300_000), memory=VALUES, says="more errors"),
    Case("records that are dropped", text("for i in range(10**6):\n  A('a', '192.0.2.1')"), status=0, memory=VALUES),
    Case("wrong records of large strings", text("s = 'x' * 10**6\nfor i in range(10**4):\n  A(s, s)"), memory=VALUES,
         says="[limit]"),
    Case("an unknown name of 10^8 octets", text(lambda: "x = " + "a" * 10**8), memory=1024),
    Case("a comment of 10^8 octets", text(lambda: "#" + "a" * 10**8), status=0, memory=1024),
    Case("blanks", text(lambda: " " * 10**8), status=0, memory=1024),
    Case("lines", text(lambda: "\n" * 10**8), status=0, memory=1024),
    Case("a string of 10^8 octets", text(lambda: "x = '" + "a" * 10**8 + "'"), memory=1024),
    Case("a string of 10^8 octets without end", text(lambda: "x = '''" + "a" * 10**8), memory=1024),
    Case("digits", text(lambda: "x = " + "9" * 10**7), memory=1024),
    Case("digits behind a point", text(lambda: "x = 0." + "9" * 10**7), memory=1024, status=0),
    Case("an exponent", text("x = 1e999999999999999999"), status=1),
    Case("escapes", text(lambda: "x = '" + "\\x00" * 10**7 + "'"), memory=1024),
    Case("names", text(lambda: "".join(f"v{i} = {i}\n" for i in range(10**6))), status=0, memory=1536),
    Case("statements", text(lambda: "x = 1\n" * 10**6), status=0, memory=1536),
    Case("tokens", text(lambda: "x = [" + "1," * 5 * 10**6 + "]"), memory=1536),
    Case("semicolons", text(lambda: "x=1;" * 10**6), status=0, memory=1536),
    Case("backslashes at line ends", text(lambda: "x = 1" + "\\\n" * 10**6), status=0, memory=1024),
    Case("tabs and blanks", text(lambda: "if 1:\n" + "\t" * 10**6 + "x = 1"), status=0, memory=256),
    Case("NUL octets", text(lambda: "\0" * 10**6), memory=256),
    Case("octets that are no text", text(lambda: b"\xff\xfe" * 10**6), memory=256),
]

CASES = [
    *(program(f"loop: {name}", body, "[limit]") for name, body in LOOPS.items()),
    *(program(f"bomb: {name}", body, "[limit]") for name, body in BOMBS.items()),
    *(program(f"number: {name}", body, "the number is too large", memory=128) for name, body in NUMBERS.items()),
    *(program(f"nested: {name}", body, memory=512) for name, body in NESTED.items()),
    *(program(f"flat: {name}", body, memory=512, status=0) for name, body in FLAT.items()),
    *(program(f"data: {name}", body) for name, body in DATA.items()),
    *(program(f"recursion: {name[10:]}", body, "recursion is not", 128) for name, body in RECURSION.items()),
    *TEXTS,
]


class HostilePyzoneTest(unittest.TestCase):
    def test_programs(self):
        check(self, CASES, ".py")
