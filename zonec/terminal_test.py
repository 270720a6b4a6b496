# The progress bar on a terminal, with the real zonec: it is drawn for a large zone, fits the terminal, and is gone in the
# end; where standard error is no terminal there is none.
#
# SPDX-License-Identifier: Apache-2.0
import fcntl
import os
import pty
import re
import struct
import subprocess
import tempfile
import termios
import unittest

ZONEC = os.path.abspath("zonec/zonec")
# More than what is compiled in the half second in which nothing is drawn.
RECORDS = 3_000_000
WIPE = "\r\x1b[K"


def on_terminal(columns, *command, **environment):
    """The exit status, and what a terminal of that width gets as standard error."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    variables = {**os.environ, "TERM": "xterm", **environment}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs, env=variables) as run:
        os.close(theirs)
        chunks = []
        try:
            while chunk := os.read(ours, 65536):
                chunks.append(chunk)
        except OSError:  # EIO: the other side is closed
            pass
    os.close(ours)
    return run.returncode, b"".join(chunks).decode()


class TerminalTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR"))
        cls.zone = os.path.join(cls.folder.name, "large.zone")
        with open(cls.zone, "w", encoding="ascii") as file:
            file.write("$ORIGIN large.test.\n$TTL 60\n@ SOA ns.example. root.example. 1 2 3 4 5\n@ NS ns.example.\n")
            for number in range(RECORDS):
                file.write(f"h{number} A 192.0.2.1\n")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def compile(self, columns, **environment):
        status, screen = on_terminal(columns, ZONEC, "check", self.zone, **environment)
        self.assertEqual(status, 0, screen)
        return screen

    def drawn(self, columns):
        """The lines that were drawn; the last is what stays on the screen."""
        lines = self.compile(columns).split(WIPE)
        self.assertGreater(len(lines), 2, "no bar was drawn")
        for line in lines[:-1]:
            self.assertLess(len(line), columns)
            self.assertNotIn("\n", line)
        self.assertNotRegex(lines[-1], r"[#%…]")
        return lines

    def test_a_bar_is_drawn_and_wiped_away(self):
        self.assertTrue(any(re.fullmatch(r"[a-z]+ing \[#*\.*\] \d+%", line) for line in self.drawn(80)))

    def test_it_fits_a_narrow_terminal(self):
        for columns in (30, 12):
            self.drawn(columns)

    def test_a_terminal_that_cannot_wipe_gets_none(self):
        self.assertNotIn("\x1b[K", self.compile(80, TERM="dumb"))

    def test_there_is_none_without_a_terminal(self):
        run = subprocess.run([ZONEC, "check", self.zone], capture_output=True, check=False)
        self.assertEqual((run.returncode, run.stdout), (0, b""))
        self.assertEqual(run.stderr.decode(), f"large.test.: serial 1, {RECORDS + 2} records\n")


if __name__ == "__main__":
    unittest.main()
