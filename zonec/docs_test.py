# Compiles the examples of the pages about zones with the real zonec, and compares what the pages say comes of them.
#
# A fenced block "```zone NAME OPTIONS" or "```python NAME OPTIONS" is a file of that name; a block without a name is only
# looked at by readers. A block "```records" behind it shows the records that `zonec compile OPTIONS NAME` makes of it, a
# block "```messages" what it prints. A file without SOA record gets one, and an NS record, which `records` leaves out.
# Earlier files of the page lie beside it. "```diff BEFORE AFTER" is what `zonec diff` prints of two of them.
# In zone_checks, below the heading of a check, a block "```finds" is a zone that the check finds something in, and a block
# "```mended" one that it does not.
#
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import subprocess
import tempfile
import unittest

ZONEC = os.path.abspath("zonec/zonec")
PAGES = ("zone_language", "zone_examples", "coming_from_twisted_names")
HEAD = "$TTL 3600\n@ SOA ns.example.net. root.example.net. 1 7200 900 1209600 300\n@ NS ns.example.net.\n"
TAIL = """
zone += [SOA("example.com", "ns.example.net", "root.example.net", 1, "2H", "15M", "2W", 300, ttl=3600),
         NS("example.com", "ns.example.net")]
"""
ADDED = ("SOA ns.example.net. root.example.net. 1 ", "NS ns.example.net.")
FENCE = re.compile(r"^```(\S+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(*args):
    return subprocess.run(args, capture_output=True, text=True, check=False)


class Example:
    def __init__(self, language, words, text, place):
        self.language, self.name, self.options = language, words[0], words[1:]
        self.text, self.place = text, place
        self.complete = "SOA" in text

    def write(self):
        with open(self.name, "w", encoding="utf-8") as file:
            if self.complete:
                file.write(self.text)
            elif self.language == "zone":
                file.write(HEAD + self.text)
            else:
                file.write(self.text + TAIL)

    def compile(self):
        if not self.complete:
            self.write()
        return run(ZONEC, "compile", *self.options, "-o", "out.snap", self.name)

    def records(self):
        compiled = self.compile()
        assert compiled.returncode == 0, compiled.stderr
        lines = columns(run(ZONEC, "dump", "out.snap").stdout)
        if not self.complete:
            lines = [line for line in lines if not line.split(" ", 3)[3].startswith(ADDED)]
        return lines


def columns(text):
    """Its lines, one blank between words."""
    return [" ".join(line.split()) for line in text.splitlines()]


def page(name):
    """Its blocks: (language, words of the info string, text, line)."""
    with open(os.path.join("docs", name + ".md"), encoding="utf-8") as file:
        text = file.read()
    for fence in FENCE.finditer(text):
        yield fence[1], fence[2].split(), fence[3], text.count("\n", 0, fence.start()) + 1


def findings(text):
    """The names of the checks that find something in a zone when all of them are asked for."""
    with open("case.zone", "w", encoding="utf-8") as file:
        file.write(text if "$TTL" in text else HEAD + text)
    ignored = [row["check"] for row in checks() if row["level"] == "ignored"]
    done = run(ZONEC, "check", "--diagnostics=json", "--origin=example.com", "--warn=" + ",".join(ignored), "case.zone")
    return {json.loads(line)["check"] for line in done.stdout.splitlines()}


def checks():
    return [json.loads(line) for line in run(ZONEC, "checks", "--json").stdout.splitlines()]


def sections():
    """Of the page about checks: (theme, name, text) of each."""
    with open("docs/zone_checks.md", encoding="utf-8") as file:
        text = file.read()
    for theme in text.split("\n## ")[1:]:
        title = theme.split("\n", 1)[0]
        for section in theme.split("\n### ")[1:]:
            yield title, section.split("`")[1], section


class ChecksTest(unittest.TestCase):
    def test_each_check_has_a_section(self):
        listed = [(row["theme"], row["check"]) for row in checks() if row["theme"] != "Reading the text"]
        self.assertEqual([(theme, name) for theme, name, _ in sections()], listed)
        levels = {row["check"]: (row["level"] + (", always" if row["always"] else "")).capitalize() for row in checks()}
        for _, name, text in sections():
            with self.subTest(check=name):
                self.assertIn(f"*{levels[name]}.* ", text)

    def test_reading_is_told_of_elsewhere(self):
        with open("docs/zone_language.md", encoding="utf-8") as file:
            page = file.read()
        for row in checks():
            if row["theme"] == "Reading the text":
                self.assertIn(f"`{row['check']}`", page)

    def test_examples(self):
        cases = list(sections())
        self.assertGreater(len(cases), 30)
        start = os.getcwd()
        with tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR")) as folder:
            os.chdir(folder)
            for _, name, text in cases:
                for language, _, zone in FENCE.findall(text):
                    with self.subTest(check=name, block=language):
                        self.assertEqual(name in findings(zone), language == "finds", findings(zone))
            os.chdir(start)


class DocsTest(unittest.TestCase):
    def check_page(self, name, blocks):
        example, count = None, 0
        for language, words, text, line in blocks:
            if language in ("zone", "python") and words:
                example = Example(language, words, text, line)
                with open(example.name, "w", encoding="utf-8") as file:
                    file.write(text)
            elif language in ("records", "messages"):
                count += 1
                with self.subTest(page=name, line=line):
                    self.assertIsNotNone(example, "nothing stands before it")
                    if language == "records":
                        self.assertEqual(example.records(), columns(text))
                    else:
                        self.assertTrue(example.complete, "lines would be counted from elsewhere")
                        self.assertEqual(example.compile().stderr, text)
            elif language == "diff":
                count += 1
                with self.subTest(page=name, line=line):
                    self.assertEqual(columns(run(ZONEC, "diff", *words).stdout), columns(text))
        return count

    def test_examples(self):
        pages = {name: list(page(name)) for name in PAGES}
        total = 0
        start = os.getcwd()
        for name, blocks in pages.items():
            with tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR")) as folder:
                os.chdir(folder)
                total += self.check_page(name, blocks)
                os.chdir(start)
        self.assertGreater(total, 15)


if __name__ == "__main__":
    unittest.main()
