# Compares what zonec says of signed zones with ldns-verify-zone and dnssec-verify: zones signed by BIND and by ldns with
# each algorithm and each kind of denial, as they are and damaged.
#
# SPDX-License-Identifier: Apache-2.0
import glob
import os
import re
import subprocess
import tempfile
import unittest

ZONEC = os.path.abspath("zonec/zonec")
ALGORITHMS = ("RSASHA256", "RSASHA512", "ECDSAP256SHA256", "ECDSAP384SHA384", "ED25519", "ED448")
ZONE = """$ORIGIN example.
$TTL 3600
@ SOA ns Root 1 7200 3600 1209600 300
@ NS ns
@ MX 10 Mail
ns A 192.0.2.1
mail A 192.0.2.4
mail AAAA 2001:db8::4
www A 192.0.2.2
www A 192.0.2.3
*.w TXT "wild"
a.b.c TXT "deep"
sub NS ns.sub
ns.sub A 192.0.2.5
far.below NS ns.sub
safe NS ns.sub
safe DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000
"""
# Of NSEC3: no salt, a salt, opt-out.
DENIALS = {"nsec": (), "nsec3": ("-3", "-"), "salt": ("-3", "abcd"), "opt-out": ("-3", "-", "-A")}


def run(*args):
    return subprocess.run(args, capture_output=True, text=True, errors="replace", check=False)


def check(file, *flags):
    return run(ZONEC, "check", "--origin=example.", "--verify_signatures", *flags, file)


def write(file, lines):
    with open(file, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


def flip(line):
    """Changes a character of the base64 at the end."""
    head, last = line.rsplit(None, 1)
    return head + " " + ("B" if last[0] != "B" else "C") + last[1:]


def change(pattern, edit):
    """Edits the first line that the pattern matches."""

    def damage(lines):
        at = next(i for i, line in enumerate(lines) if re.search(pattern, line))
        edited = edit(lines[at])
        return lines[:at] + ([] if edited is None else [edited]) + lines[at + 1 :]

    return damage


def remove(pattern):
    return change(pattern, lambda line: None)


# What is done to a zone, and a check that finds it.
DAMAGES = {
    "flipped": (change(r"^www\.\S+\s.*RRSIG\s+A ", flip), "signature-wrong"),
    "record changed": (change(r"^www\.\S+\s.*\sA\s", lambda l: l.replace("192.0.2.", "192.0.3.")), "signature-wrong"),
    "record removed": (remove(r"^www\.\S+\s.*\sA\s+192"), "signature-wrong"),
    "signature removed": (remove(r"^www\.\S+\s.*RRSIG\s+A "), "signature-missing"),
    "signature of a DS removed": (remove(r"^safe\.\S+\s.*RRSIG\s+DS "), "signature-missing"),
    "keys' signatures removed": (
        lambda lines: [line for line in lines if not re.search(r"RRSIG\s+DNSKEY ", line)],
        "signature-missing",
    ),
    "signing key removed": (remove(r"DNSKEY\s+256 "), "signature-key-unknown"),
    "RRset removed": (lambda lines: [l for l in lines if not re.search(r"^www\.\S+\s.*\sA\s+192", l)], "signature-stray"),
}
NSEC_DAMAGES = {
    "NSEC removed": (lambda lines: [l for l in lines if not re.search(r"^www\..*NSEC", l)], "nsec-missing"),
    "NSEC leads elsewhere": (change(r"^a\.b\.c.*\sNSEC\s", lambda l: re.sub(r"(NSEC\s+)\S+", r"\1x.example.", l)), "nsec-chain"),
    "NSEC lists too much": (change(r"^www.*\sNSEC\s", lambda l: re.sub(r"\sRRSIG", " MX RRSIG", l)), "nsec-types"),
    "NSEC lists too little": (change(r"^mail.*\sNSEC\s", lambda l: l.replace(" AAAA", "")), "nsec-types"),
}
NSEC3_DAMAGES = {
    "NSEC3 removed": (
        lambda lines: [l for l in lines if l.split()[0] != next(m for m in lines if re.search(r"\sNSEC3\s", m)).split()[0]],
        "nsec3-chain",
    ),
    "NSEC3 lists too much": (change(r"\sNSEC3\s.*\sA\s.*RRSIG", lambda l: re.sub(r"\sRRSIG", " MX RRSIG", l)), "nsec3-types"),
    "a name without NSEC3": (lambda lines: lines + ["new.example. 3600 IN TXT new"], "nsec3-missing"),
}


class SignedZonesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR"))
        self.addCleanup(folder.cleanup)
        os.chdir(folder.name)
        write("plain", ZONE.splitlines())

    def make_keys(self, algorithm):
        for key in glob.glob("K*"):
            os.remove(key)
        for flags in (("-f", "KSK"), ()):
            size = ("-b", "2048") if algorithm.startswith("RSA") else ()
            made = run("dnssec-keygen", "-q", "-a", algorithm, *size, *flags, "example.")
            self.assertEqual(made.returncode, 0, made.stderr)

    def sign(self, *flags):
        """The lines of the zone, signed by BIND: a record each."""
        made = run("dnssec-signzone", "-S", "-P", "-H", "0", "-O", "full", "-f", "signed", *flags, "-o", "example.", "plain")
        self.assertEqual(made.returncode, 0, made.stderr)
        with open("signed", encoding="utf-8") as file:
            return [line.rstrip() for line in file if not line.startswith(";")]

    def peers_refuse(self, file):
        return (
            run("ldns-verify-zone", file).returncode != 0 and run("dnssec-verify", "-o", "example.", file).returncode != 0
        )

    def assert_clean(self, file, but=()):
        found = check(file, *(f"--ignore={name}" for name in but))
        self.assertEqual(found.returncode, 0, found.stderr)
        self.assertNotRegex(found.stderr, r"\[(dnskey|cds|zone-unsigned|algorithm|signature|nsec)")

    def test_clean_zones_of_each_algorithm(self):
        for algorithm in ALGORITHMS:
            self.make_keys(algorithm)
            for name, flags in DENIALS.items():
                with self.subTest(algorithm=algorithm, denial=name):
                    write("zone", self.sign(*flags))
                    self.assert_clean("zone", ("nsec3-salt",) if name == "salt" else ())

    def test_zones_signed_by_ldns(self):
        for algorithm in ("RSASHA256", "ECDSAP256SHA256"):
            keys = []
            for flags in (("-k",), ()):
                made = run("ldns-keygen", "-a", algorithm, "-b", "2048", *flags, "example.")
                self.assertEqual(made.returncode, 0, made.stderr)
                keys.append(made.stdout.strip())
            for flags in ((), ("-n",), ("-n", "-s", "abcd"), ("-n", "-p")):
                with self.subTest(algorithm=algorithm, flags=flags):
                    made = run("ldns-signzone", "-o", "example.", "-f", "zone", *flags, "plain", *keys)
                    self.assertEqual(made.returncode, 0, made.stderr)
                    self.assert_clean("zone", ("nsec3-salt", "nsec3-iterations"))

    def damaged(self, lines, damages):
        for name, (damage, finding) in damages.items():
            with self.subTest(damage=name):
                changed = damage(lines)
                self.assertNotEqual(changed, lines)
                write("zone", changed)
                found = check("zone")
                self.assertEqual(found.returncode, 1, found.stderr)
                self.assertIn(f"[{finding}]", found.stderr)

    def test_damaged_zones(self):
        self.make_keys("ECDSAP256SHA256")
        self.damaged(self.sign(), DAMAGES | NSEC_DAMAGES)
        self.damaged(self.sign("-3", "-"), DAMAGES | NSEC3_DAMAGES)

    def test_what_both_peers_refuse_is_refused(self):
        self.make_keys("ED25519")
        refused = 0
        for flags in DENIALS.values():
            lines = self.sign(*flags)
            # Each record left out, and each signature changed.
            for at, line in enumerate(lines):
                variants = [lines[:at] + lines[at + 1 :]]
                if re.search(r"\sIN\s+RRSIG\s", line):
                    variants.append(lines[:at] + [flip(line)] + lines[at + 1 :])
                for variant in variants:
                    write("zone", variant)
                    if not self.peers_refuse("zone"):
                        continue
                    refused += 1
                    with self.subTest(flags=flags, line=line):
                        self.assertEqual(check("zone").returncode, 1)
        self.assertGreater(refused, 100)

    def test_times(self):
        self.make_keys("ED25519")
        write("zone", self.sign("-s", "20300101000000", "-e", "20300201000000"))
        for time, finding in (
            ("20291231235959", "signature-not-yet-valid"),
            ("20300201000001", "signature-expired"),
            ("20300131000000", "signature-expiring"),
            ("20300115000000", None),
        ):
            with self.subTest(time=time):
                found = check("zone", "--signature_time=" + time, "--error=signature-expiring")
                self.assertEqual(found.returncode, 1 if finding else 0, found.stderr)
                if finding:
                    self.assertEqual(found.stderr.count(f"[{finding}]"), 1, found.stderr)
        self.assertEqual(check("zone", "--signature_time=20300131000000", "--error=signature-expiring", "--expiring_within=1h").returncode, 0)
        self.assertEqual(check("zone", "--signature_time=never").returncode, 2)


if __name__ == "__main__":
    unittest.main()
