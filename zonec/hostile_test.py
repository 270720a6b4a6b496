# Untrusted master files cannot hang zonec, exhaust it, or make it read what they may not.
#
# SPDX-License-Identifier: Apache-2.0
import os
import socket
import tempfile
import unittest

from zonec.hostile import MAX_OUTPUT, MIB, Case, check, write, zonec

HEAD = "$TTL 60\n@ SOA ns.x. r.x. 1 2 3 4 5\n@ NS ns.x.\n"
# What a 100 MB text takes: itself, and what reading it needs.
LARGE = 100_000_000


def text(*pieces):
    """A zone of these pieces; made when it is needed."""
    return lambda: [HEAD, *(piece() if callable(piece) else piece for piece in pieces), "\n"]


def octets(piece, size=LARGE):
    """`piece` over and over."""
    return lambda: piece * (size // len(piece))


def lines(pattern, count):
    return lambda: "".join(pattern % number for number in range(count))


CASES = [
    # Counting.
    Case("generate 2^31", text("$GENERATE 0-2147483647 h$ A 192.0.2.1"), says="records are generated in all"),
    Case("generate 2^31 by a step of 2", text("$GENERATE 0-2147483647/2 h$ A 192.0.2.1"), says="generated in all"),
    Case("generate beyond 2^31", text("$GENERATE 0-2147483648 h$ A 192.0.2.1"), says="is not a range"),
    Case("generate beyond 2^64", text("$GENERATE 0-18446744073709551616 h$ A 192.0.2.1"), says="is not a range"),
    Case("generate the last two", text("$GENERATE 2147483646-2147483647 h$ A 192.0.2.1"), status=0),
    Case("generate many times", text(octets("$GENERATE 0-999999 h$ A 192.0.2.1\n", 1 * MIB)), memory=1024,
         says="generated in all"),
    Case("generate many times, one each", text(octets("$GENERATE 1-1 h A 192.0.2.1\n", 28 * MIB)), status=0,
         memory=1024),
    Case("generate wide numbers", text("$GENERATE 0-1000000 h$ TXT ${0,2147483647,d}"), says="${offset,width,base}"),
    Case("generate 255 digits many times", text("$GENERATE 0-1000000 h$ TXT \"", octets("${0,255,d} ", 1_000), "\""),
         says="generated in all", memory=512),
    Case("generate large records", text("$GENERATE 0-1048575 h$ TXT \"", octets("x" * 250 + " ", 60_000), "\""),
         memory=512, says="generated in all"),
    Case("generate around a large comment", text("$GENERATE 0-1048575 h$ MX ( 10 ;", octets("x", MIB), "\nns.x. )"),
         memory=128, says="more values go wrong"),
    Case("generate large owners", text("$GENERATE 0-1048575 ", octets("a", 100_000), " A 192.0.2.1"), says="label"),
    Case("generate on the way to nothing", text("$GENERATE 0-1048575 h$ A ${"), says="without"),
    # Long lines.
    Case("one token", text(octets("a")), memory=512),
    Case("one quoted string", text('"', octets("a"), '" A 192.0.2.1'), memory=512),
    Case("one quoted value", text('a TXT "', octets("a"), '"'), memory=512),
    Case("a quoted string without end", text('a TXT "', octets("a")), memory=512),
    Case("many tokens", text("a TXT ", octets("a ")), memory=512, says="too many"),
    Case("many quoted strings", text("a TXT ", octets('"" ')), memory=512, says="too many"),
    Case("many tokens in parentheses", text("a TXT (", octets("a\n"), ")"), memory=512, says="too many"),
    Case("many addresses", text("a A ", octets("192.0.2.1 ")), memory=512),
    Case("many types of NSEC", text("a NSEC b ", octets("A ")), memory=512),
    Case("hex without end", text(r"a TYPE65280 \# 65535 ", octets("00")), memory=512),
    Case("hex in pieces", text(r"a TYPE65280 \# 65535 ", octets("00 ")), memory=512),
    Case("base64 without end", text("a DNSKEY 256 3 8 ", octets("AAAA")), memory=512),
    Case("a comment", text(";", octets("a")), status=0, memory=256),
    Case("a blank line", text(octets(" ")), status=0, memory=256),
    Case("blanks in parentheses", text("a A (", octets(" "), "192.0.2.1 )"), status=0, memory=256),
    Case("empty lines", text(octets("\n")), status=0, memory=256),
    Case("line ends of all kinds in parentheses", text("a A (", octets("\r\n\r"), "192.0.2.1 )"), status=0, memory=256),
    Case("backslashes", text(octets("\\")), memory=512),
    Case("escapes", text("a TXT ", octets("\\000")), memory=512),
    Case("labels", text(octets("a.")), memory=512),
    Case("NUL octets", text(octets("\0")), memory=512, says="NUL"),
    Case("octets that are no text", text(lambda: b"\xff\xfe" * (LARGE // 2)), memory=512),
    Case("digits", text("a ", octets("9"), " A 192.0.2.1"), memory=512),
    Case("a time of many units", text("a ", octets("1w"), " A 192.0.2.1"), memory=512),
    Case("a directive's name", text("$", octets("A")), memory=512, says="is no directive"),
    Case("an origin", text("$ORIGIN ", octets("a")), memory=512, says="label"),
    Case("a file's name", text("$INCLUDE ", octets("a")), memory=512),
    # Parentheses.
    Case("deep parentheses", text("a A ", octets("(", MIB), "192.0.2.1", octets(")", MIB)), status=0),
    Case("open parentheses", text("a A ", octets("(", MIB), " 192.0.2.1"), memory=128, says="never closed"),
    Case("closing parentheses", text("a A ", octets(")", MIB), " 192.0.2.1"), memory=128),
    Case("an open parenthesis on each line", text(octets("a A ( 192.0.2.1\n", 16 * MIB)), memory=256),
    Case("an open quote in each parenthesis", text(octets('a TXT ( "x\n', 16 * MIB)), memory=256),
    # Many.
    Case("an error on each line", text(octets("a A x\n", 6_000_000)), memory=256, says="1000000 errors"),
    Case("a long error on each line", text(octets("a " + "x" * 10_000 + "\n")), memory=512,
         says="[...]"),
    Case("a warning on each record", text(lines("h%d NS ns\n", 100_000)), status=0, memory=256),
    Case("records of one name", text(lines("a TXT x%d\n", 1_000_000)), memory=1024, says="the most is 65535"),
    Case("records that are the same", text(octets("a A 192.0.2.1\n", 14_000_000)), status=0, memory=1024),
    Case("types of one name", text(lines("a TYPE%d \\# 0\n", 65_000)), memory=256),
    Case("names", text(lines("h%d A 192.0.2.1\n", 500_000)), status=0, memory=1024),
    Case("deep names", text(lines("%05d." + "a." * 100 + "b A 192.0.2.1\n", 50_000)), status=0, memory=512),
    Case("aliases in a chain", text(lambda: "".join(f"h{i} CNAME h{i + 1}\n" for i in range(200_000))), status=0,
         memory=512),
    Case("wildcards", text(lambda: "".join(f"*.h{i} A 192.0.2.1\n" for i in range(200_000))), status=0, memory=512),
    Case("delegations in each other", text(lambda: "".join("a." * i + "a NS ns.x.\n" for i in range(110))), status=0),
]


# What may be read is below root/; the rest is as secret as /etc/passwd.
SECRET = "root:x:0:0:a secret of somebody else"
OUTSIDE = "no such file in the include roots"
FORBIDDEN = [
    "/etc/passwd",
    "/etc//passwd",
    "/./etc/passwd",
    "../secret",
    "folder/../../secret",
    "./folder/./../../secret",
    "../root/../secret",
    "../missing",
    "/missing",
    "link_to_file",
    "link_to_folder/secret",
    "link_to_link",
    "link_to_missing",
    "link_to_itself",
    "link_to_root/etc/passwd",
    "/proc/self/root/etc/passwd",
    "/proc/self/cwd/../secret",
    "/proc/self/environ",
    "/proc/self/mem",
    "/proc/self/fd/0",
    "/dev/stdin",
    "/dev/zero",
    "/dev/tty",
    "../root-too/secret",
    "-",
    "~/.profile",
    "file:///etc/passwd",
]
# Below the root, and still not to be read; and names that are none.
UNREADABLE = {
    "fifo": "not a regular file",
    "folder": "not a regular file",
    ".": OUTSIDE,
    "socket": "cannot",
    "sparse": "larger than 4 GiB",
    "x" * 300: OUTSIDE,
    "x/" * 5000: "too long",
    "itself": "includes itself",
    "to_and": "includes itself",
    "exactly/" * 100 + "x": OUTSIDE,
}


def make_files(folder):
    """A root with everything that a zone could include."""
    root = os.path.join(folder, "root")
    os.makedirs(os.path.join(root, "folder"))
    os.makedirs(os.path.join(folder, "root-too"))
    for path in ("secret", "root-too/secret"):
        write(os.path.join(folder, path), SECRET)
    for name, target in (("link_to_file", "../secret"), ("link_to_folder", ".."), ("link_to_link", "link_to_file"),
                         ("link_to_missing", "../missing"), ("link_to_itself", "link_to_itself"),
                         ("link_to_root", "/")):
        os.symlink(target, os.path.join(root, name))
    os.mkfifo(os.path.join(root, "fifo"))
    with socket.socket(socket.AF_UNIX) as unix:
        # The path of a socket is short.
        os.chdir(root)
        unix.bind("socket")
    with open(os.path.join(root, "sparse"), "wb") as sparse:
        sparse.truncate(1 << 40)
    return root


class HostileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR"))
        self.addCleanup(folder.cleanup)
        self.root = make_files(folder.name)

    def test_texts(self):
        check(self, CASES, ".zone")

    def write(self, name, text):
        write(os.path.join(self.root, name), text)

    def compile(self, text, suffix=".zone", memory=128):
        self.write("example" + suffix, text)
        outcome = zonec(["check", "example" + suffix], memory * MIB, self.root)
        self.assertIn(outcome.status, (0, 1), outcome.output)
        self.assertLessEqual(outcome.memory, memory * MIB)
        self.assertLessEqual(outcome.output_size, MAX_OUTPUT)
        self.assertNotIn("secret of", outcome.output)
        return outcome

    def refuse(self, says, statements):
        """Both languages refuse to include a file, and say so."""
        for suffix, text in zip((".zone", ".py"), statements):
            with self.subTest(text=text[-80:]):
                outcome = self.compile(text, suffix)
                self.assertEqual(outcome.status, 1, outcome.output)
                self.assertIn(says, outcome.output)

    @staticmethod
    def include(path):
        quoted = path.replace("\\", "\\\\").replace('"', '\\"')
        return HEAD + f'$INCLUDE "{quoted}"\n', f'include("{quoted}")\nzone = []\n'

    def test_files_outside_are_all_the_same(self):
        for path in FORBIDDEN:
            self.refuse(f"{OUTSIDE} (.)", self.include(path))

    def test_files_that_are_none(self):
        for name, other in (("itself", "itself"), ("to_and", "fro"), ("fro", "to_and")):
            self.write(name, "")
        for path, says in UNREADABLE.items():
            if path not in ("itself", "to_and"):
                self.refuse(says, self.include(path))
        for suffix, pattern in ((".zone", "$INCLUDE %s\n"), (".py", "include('%s')\n")):
            for name, other in (("itself", "itself"), ("to_and", "fro"), ("fro", "to_and")):
                self.write(name, pattern % other)
            for name in ("itself", "to_and"):
                outcome = self.compile(HEAD * (suffix == ".zone") + pattern % name, suffix)
                self.assertEqual(outcome.status, 1)
                self.assertIn("itself", outcome.output)

    def test_names_with_odd_octets(self):
        for odd in ("\\010", "\\000", "%00", "\t", ";", "(", "\\\\"):
            outcome = self.compile(f'{HEAD}$INCLUDE "../secret{odd}"\n')
            self.assertEqual(outcome.status, 1)
        for odd in (r"\n", r"\0", r"\x00.py", "%00"):
            outcome = self.compile(f'include("../secret{odd}")\nzone = []\n', ".py")
            self.assertEqual(outcome.status, 1)

    def test_fan_out(self):
        """Each file includes the next one twice: 2^15 in all, for a few octets each."""
        for suffix, pattern in ((".zone", "$INCLUDE n%d\n"), (".py", "include('n%d')\n")):
            for depth in range(15):
                self.write(f"n{depth}", (pattern % (depth + 1)) * 2)
            self.write("n15", ";" if suffix == ".zone" else "#")
            outcome = self.compile(HEAD * (suffix == ".zone") + pattern % 0, suffix)
            self.assertEqual(outcome.status, 1)
            self.assertIn("4096", outcome.output)

    def test_depth(self):
        for suffix, pattern in ((".zone", "$INCLUDE n%d\n"), (".py", "include('n%d')\n")):
            for depth in range(100):
                self.write(f"n{depth}", pattern % (depth + 1))
            outcome = self.compile(HEAD * (suffix == ".zone") + pattern % 0, suffix)
            self.assertEqual(outcome.status, 1)
            self.assertIn("more than 16 ", outcome.output)

    def test_large_file_many_times(self):
        self.write("large", "a A 192.0.2.1\n" * 100_000)
        outcome = self.compile(HEAD + "$INCLUDE large\n" * 5000, memory=1536)
        self.assertEqual(outcome.status, 1)
        self.assertIn("included again, more than 64 MiB", outcome.output)
        self.write("large.py", "x = 'a'\n" * 100_000)
        outcome = self.compile("for i in range(5000): include('large.py')\nzone = []\n", ".py", memory=2048)
        self.assertEqual(outcome.status, 1)
