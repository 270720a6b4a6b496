# What a validator makes of our signed answers: BIND's delv, with each zone's key as its trust anchor.
#
# SPDX-License-Identifier: Apache-2.0
import glob
import os
import re
import subprocess
import tempfile
import unittest

from tests.name_servers import ours, sign, write

# Algorithm, and options of dnssec-signzone for the denial.
ZONES = (
    ("8", []),
    ("10", ["-3", "-", "-H", "0"]),
    ("13", []),
    ("13", ["-3", "-", "-H", "0"]),
    ("13", ["-3", "0123456789abcdef", "-H", "50"]),
    ("13", ["-3", "-", "-H", "0", "-A"]),
    ("14", ["-3", "ab", "-H", "1", "-A"]),
    ("15", []),
    ("16", ["-3", "ff", "-H", "10"]),
)
TEXT = """$TTL 300
@ SOA ns hostmaster 7 7200 900 1209600 60
@ NS ns
ns A 192.0.2.1
www A 192.0.2.2
alias CNAME www
wildalias CNAME x.w
d DNAME w
*.w A 192.0.2.3
deep.er.ent TXT below
signed NS ns.elsewhere.invalid.
signed DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000
plain NS ns.elsewhere.invalid.
"""
POSITIVE = "; fully validated"
UNSIGNED = "; unsigned answer"
NEGATIVE = "; negative response, fully validated"
# Name, type, what delv says.
QUESTIONS = (
    ("", "SOA", POSITIVE),
    ("", "DNSKEY", POSITIVE),
    ("www.", "A", POSITIVE),
    ("alias.", "A", POSITIVE),
    ("a.w.", "A", POSITIVE),
    ("a.b.w.", "A", POSITIVE),
    ("wildalias.", "A", POSITIVE),
    ("x.d.", "A", POSITIVE),
    ("signed.", "DS", POSITIVE),
    ("plain.", "DS", NEGATIVE),
    ("www.", "MX", NEGATIVE),
    ("", "MX", NEGATIVE),
    ("ent.", "A", NEGATIVE),
    ("er.ent.", "A", NEGATIVE),
    ("no.", "A", NEGATIVE),
    ("a.no.", "A", NEGATIVE),
    ("a.b.c.www.", "A", NEGATIVE),
    ("zzz.", "A", NEGATIVE),
    ("a.w.", "MX", NEGATIVE),
    ("a.b.w.", "MX", NEGATIVE),
    ("w.", "A", NEGATIVE),
    ("x.ent.", "TXT", NEGATIVE),
)


class ValidationTest(unittest.TestCase):
    def test_delv_believes_every_answer(self):
        with tempfile.TemporaryDirectory() as folder:
            zones = {}
            for number, how in enumerate(ZONES):
                origin = f"v{number}.test."
                zones[origin] = write(os.path.join(folder, f"{number}.zone"), f"$ORIGIN {origin}\n{TEXT}")
                sign(origin, zones[origin], *how, folder)
            os.mkdir(os.path.join(folder, "ours"))
            server = ours(zones, os.path.join(folder, "ours"))
            try:
                server.wait(list(zones))
                for origin, how in zip(zones, ZONES):
                    anchor = self.write_anchor(origin, folder)
                    for front, rdtype, wanted in QUESTIONS:
                        # In an opt-out span a name nearer than the wildcard may be there, unsigned (RFC 5155 section 9.2).
                        if "-A" in how[1] and front in ("a.w.", "a.b.w.") and wanted == POSITIVE:
                            wanted = UNSIGNED
                        with self.subTest(zone=how, name=front, type=rdtype):
                            self.assertEqual(self.delv(server.port, anchor, origin, f"{front}{origin}", rdtype), wanted)
            finally:
                server.stop()

    @staticmethod
    def write_anchor(origin: str, folder: str) -> str:
        """The key that signs the keys, as delv reads it."""
        lines = []
        for path in glob.glob(os.path.join(folder, f"K{origin}+*.key")):
            with open(path, encoding="ascii") as file:
                found = re.search(r"^\S+ (?:\d+ )?IN DNSKEY 257 3 (\d+) (.*)$", file.read(), re.MULTILINE)
            if found:
                lines.append(f'"{origin}" static-key 257 3 {found[1]} "{found[2].replace(" ", "")}";')
        return write(os.path.join(folder, f"{origin}anchor"), "trust-anchors {\n" + "\n".join(lines) + "\n};\n")

    @staticmethod
    def delv(port: int, anchor: str, origin: str, name: str, rdtype: str) -> str:
        """The line that says what it makes of the answer."""
        command = ["delv", "@127.0.0.1", "-p", str(port), "-a", anchor, f"+root={origin}", name, rdtype]
        for _ in range(10):
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
            # delv picks ports by chance, once, and is sometimes done before its validator is.
            if "address in use" not in done.stdout and "pending validation" not in done.stdout:
                break
        for line in done.stdout.splitlines():
            if re.match("; .*(validated|unsigned|response)", line):
                return line
        return done.stdout + done.stderr


if __name__ == "__main__":
    unittest.main()
