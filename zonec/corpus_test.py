# Compares zonec with the zone compilers of BIND, Knot and NSD on zones made by chance, of which many are wrong.
#
# What is compared: whether a text is taken, and which records it makes. Where the peers that have a say agree, zonec agrees
# with them; where they differ, zonec is not alone. Records are compared as dnspython, which shares no
# code with either side, reads what zonec and what the peer print.
#
# SPDX-License-Identifier: Apache-2.0
import base64
import os
import random
import subprocess
import sys
import tempfile
import unittest

# The workspace has a folder `dns`, too.
sys.path[:] = [path for path in sys.path if path not in ("", os.getcwd())]
import dns.rdata  # noqa: E402
import dns.rdataclass  # noqa: E402
import dns.rdatatype  # noqa: E402
import dns.tokenizer  # noqa: E402

ZONEC = os.path.abspath("zonec/zonec")
# Where Debian has nsd-checkzone.
os.environ["PATH"] = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin"
HEAD = "$TTL 60\n@ SOA ns.elsewhere. r.elsewhere. 1 2 3 4 5\n@ NS ns.elsewhere.\n"
ORIGIN = "t.example"
NAMED = ["named-compilezone", "-q", "-k", "ignore", "-i", "none", "-n", "ignore", "-r", "ignore", "-m", "ignore"]

# What is wrong with a zone as a whole: its records behind HEAD (or all of it, when it has an SOA record of its own), who
# refuses it with no options given, of BIND, Knot and NSD, what zonec says of it, and whether it refuses it.
DEFECTS = (
    ("no SOA", "$TTL 60\n@ NS ns.elsewhere.\n", "BIND Knot NSD", "soa-missing", True),
    ("two SOAs", HEAD + "@ SOA ns.elsewhere. r.elsewhere. 2 2 3 4 5\n", "BIND NSD", "soa-duplicate", True),
    ("no NS", "$TTL 60\n@ SOA ns.elsewhere. r.elsewhere. 1 2 3 4 5\n", "BIND Knot", "ns-missing", True),
    ("CNAME and other data", "a CNAME b.elsewhere.\na TXT x\n", "BIND Knot NSD", "cname-and-other-data", True),
    ("two CNAMEs", "a CNAME b.elsewhere.\na CNAME c.elsewhere.\n", "BIND Knot NSD", "multiple-cname", True),
    ("two DNAMEs", "a DNAME b.elsewhere.\na DNAME c.elsewhere.\n", "BIND Knot NSD", "multiple-dname", True),
    ("an NS that is an alias", "@ NS a\na CNAME b.elsewhere.\n", "BIND Knot", "target-is-alias", False),
    ("an NS without address", "@ NS a\n", "BIND Knot", "no-address", False),
    ("no glue", "a NS ns.a\n", "Knot", "missing-glue", False),
    ("a record of elsewhere", "a.elsewhere. TXT x\n", "NSD", "out-of-zone", False),
    ("data below a DNAME", "a DNAME b.elsewhere.\nc.a TXT x\n", "Knot NSD", "occluded-by-dname", False),
    ("data below a cut", "a NS ns.elsewhere.\nb.a TXT x\n", "", "occluded-by-delegation", False),
    ("an MX that is an alias", "@ MX 1 a\na CNAME b.elsewhere.\n", "", "target-is-alias", False),
    ("an MX without address", "@ MX 1 a\n", "", "no-address", False),
    ("TTLs that differ", "a 1 A 192.0.2.1\na 2 A 192.0.2.2\n", "", "ttl-mismatch", False),
    ("a record twice", "a A 192.0.2.1\na A 192.0.2.1\n", "", "duplicate-record", False),
    ("an MX that is an address", "@ MX 1 192.0.2.1\n", "", "target-is-address", False),
    ("an HTTPS record that is an alias of itself", "a HTTPS 0 a\n", "", "svcb-alias-loop", False),
    ("DS without NS", "a DS 1 13 2 " + "00" * 32 + "\n", "", "ds-without-ns", False),
    ("an alias of itself", "a CNAME a\n", "", "cname-loop", False),
    ("a loop of aliases", "a CNAME b\nb CNAME a\n", "", "cname-loop", False),
    ("an alias of nothing", "a CNAME b\n", "", "dangling-target", False),
    ("an origin twice", "www.t.example A 192.0.2.1\n", "", "missing-dot", False),
    ("two SPF records", "@ TXT \"v=spf1 -all\"\n@ TXT \"v=spf1 mx -all\"\n", "", "spf-several", False),
    ("a string of 256 octets", "a TXT " + "x" * 256 + "\n", "BIND NSD", "rdata", True),
    ("a TTL of 32 bits", "a 4294967295 A 192.0.2.1\n", "", "ttl", True),
)


def run(*args):
    return subprocess.run(args, capture_output=True, text=True, errors="replace", check=False)


class Zonec:
    name = "zonec"

    @staticmethod
    def records(file):
        """What it prints; None when it refuses the file."""
        if run(ZONEC, "compile", "--origin=" + ORIGIN, "-o", "out.snap", file).returncode != 0:
            return None
        return run(ZONEC, "dump", "out.snap").stdout


class Bind:
    name = "BIND"

    @staticmethod
    def records(file):
        done = run(*NAMED, "-s", "full", "-o", "named.zone", ORIGIN, file)
        if done.returncode != 0:
            return None
        with open("named.zone", encoding="utf-8", errors="replace") as printed:
            return printed.read()


class Nsd:
    name = "NSD"

    @staticmethod
    def records(file):
        done = run("nsd-checkzone", "-p", ORIGIN, file)
        # It says that the zone is fine, and still complains of some lines.
        if done.returncode != 0 or "error" in done.stderr:
            return None
        # BIND writes it with one absolute record a line, unless it refuses it itself.
        with open("nsd.zone", "w", encoding="utf-8") as printed:
            printed.write(done.stdout)
        return Bind.records("nsd.zone") or ""


class Knot:
    name = "Knot"

    @staticmethod
    def records(file):
        """Nothing when it takes the file: it prints no records."""
        return "" if run("kzonecheck", "-d", "off", "-o", ORIGIN, file).returncode == 0 else None


PEERS = (Bind, Nsd, Knot)


class Chance:
    """Names, texts and records by chance, in the many ways of writing them."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self, limit):
        return self.random.choice([0, 1, self.random.randrange(limit + 1), limit])

    def label(self):
        plain = "".join(self.random.choices("abcdefghijklmnopqrstuvwxyz0123456789-_", k=self.random.randint(1, 12)))
        return self.random.choice([plain, plain, plain, "x\\.y", "A" * 63, "\\065b", "e\\255"])

    def name(self):
        labels = ".".join(self.label() for _ in range(self.random.randint(1, 3)))
        return self.random.choice([labels, labels, labels + ".elsewhere.", labels + "." + ORIGIN + ".", "@", "."])

    def ipv4(self):
        return ".".join(str(self.number(255)) for _ in range(4))

    def ipv6(self):
        groups = ["%x" % self.number(65535) for _ in range(8)]
        return self.random.choice([":".join(groups), "::1", "2001:db8::" + groups[0], "::ffff:192.0.2.1"])

    def hex(self, size):
        digits = self.random.randbytes(size).hex()
        if self.random.random() < 0.3:
            digits = digits.upper()
        return self.random.choice([digits, digits, digits[: size // 2 * 2] + " " + digits[size // 2 * 2 :]]).strip()

    def base64(self):
        text = base64.b64encode(self.random.randbytes(self.random.randint(1, 40))).decode()
        return self.random.choice([text, text[:4] + " " + text[4:]]).strip()

    def text(self):
        words = self.random.choice(["x", "a b", "v=spf1 -all; x", 'q\\"q', "\\200\\001", "(", "", "x" * 255, "\\\\"])
        plain = words.isalnum() and self.random.random() < 0.5
        return words if plain else '"' + words + '"'

    def time(self):
        # Not in seconds, which NSD 4.6 takes for a date.
        return self.random.choice(["20300101000000", "20200229235959"])

    def types(self):
        return " ".join(self.random.sample(["A", "NS", "TXT", "RRSIG", "NSEC", "AAAA", "CAA", "TYPE1234", "MX"], 4))

    def signature(self):
        return f"A 13 2 60 {self.time()} 20200101000000 {self.number(65535)} t.example. {self.base64()}"

    def rdata(self, kind):
        """RDATA of the type."""
        return {
            "A": self.ipv4,
            "AAAA": self.ipv6,
            "PTR": self.name,
            "MX": lambda: f"{self.number(65535)} {self.name()}",
            "TXT": lambda: " ".join(self.text() for _ in range(self.random.randint(1, 3))),
            "SRV": lambda: f"{self.number(65535)} {self.number(65535)} {self.number(65535)} {self.name()}",
            "HINFO": lambda: f"{self.text()} {self.text()}",
            "RP": lambda: f"{self.name()} {self.name()}",
            "AFSDB": lambda: f"{self.number(65535)} {self.name()}",
            "NAPTR": lambda: f'{self.number(65535)} 1 "S" "SIP+D2U" "!^.*$!sip:x@y.example!" .',
            "KX": lambda: f"{self.number(65535)} {self.name()}",
            "CERT": lambda: f"PKIX {self.number(65535)} 8 {self.base64()}",
            "DS": lambda: f"{self.number(65535)} 13 2 {self.hex(32)}",
            "SSHFP": lambda: f"4 2 {self.hex(32)}",
            "RRSIG": self.signature,
            "DHCID": self.base64,
            "TLSA": lambda: f"3 1 1 {self.hex(32)}",
            "SMIMEA": lambda: f"3 0 0 {self.hex(9)}",
            "CDS": lambda: f"{self.number(65535)} 8 2 {self.hex(32)}",
            "OPENPGPKEY": self.base64,
            "CSYNC": lambda: f"{self.number(2**32 - 1)} 3 {self.types()}",
            "NID": lambda: f"{self.number(65535)} 0014:4fff:ff20:ee64",
            "L32": lambda: f"{self.number(65535)} {self.ipv4()}",
            "L64": lambda: f"{self.number(65535)} 2001:0db8:1140:1000",
            "LP": lambda: f"{self.number(65535)} {self.name()}",
            "EUI48": lambda: "00-00-5e-00-53-2a",
            "EUI64": lambda: "00-00-5e-ef-10-00-00-2a",
            "URI": lambda: f'{self.number(65535)} 1 "https://example/{self.label().strip(chr(92))}"',
            "CAA": lambda: f'{self.number(255)} issue "ca.example; x=y"',
            "LOC": lambda: f"{self.number(90)} 0 0 {self.random.choice('NS')} 4 53 {self.number(59)}.5 E -2.00m",
            "APL": lambda: "1:192.0.2.0/24 !2:2001:db8::/32",
            "IPSECKEY": lambda: f"10 1 2 192.0.2.38 {self.base64()}",
            "SVCB": lambda: f"1 {self.name()} alpn=h2,h3 port={self.number(65535)}",
            "HTTPS": lambda: f"{1 + self.number(9)} . ipv4hint={self.ipv4()} key65333=abc",
            "TYPE65280": lambda: f"\\# 4 {self.hex(4)}",
            "TYPE1": lambda: f"\\# 4 {self.hex(4)}",
        }[kind]()

    KINDS = (
        "A AAAA PTR MX TXT SRV HINFO RP AFSDB NAPTR KX CERT DS SSHFP RRSIG DHCID TLSA SMIMEA CDS OPENPGPKEY CSYNC NID L32 "
        "L64 LP EUI48 EUI64 URI CAA LOC APL IPSECKEY SVCB HTTPS TYPE65280 TYPE1"
    ).split()

    def line(self, number):
        """A record of a name of its own, since what RRsets may hold is none of this test's business."""
        kind = self.random.choice(self.KINDS)
        rdata = self.rdata(kind)
        first, _, rest = rdata.partition(" ")
        if self.random.random() < 0.2 and '"' not in first:
            rdata = f"( {first} ; a comment )\n\t{rest} )"
        if self.random.random() < 0.3:
            kind = kind.lower()
        between = self.random.choice([" ", "\t", "   "])
        ttl = self.random.choice(["", "", "300", "1h30m", "2W", "0"])
        rr_class = self.random.choice(["", "IN", "in"])
        owner = self.random.choice([f"n{number}", f"n{number}.sub", f"n{number}.{ORIGIN}.", f"*.n{number}", f"N{number}"])
        words = [owner, *self.random.sample([ttl, rr_class], 2), kind]
        return between.join(word for word in words if word) + between + rdata

    def zone(self, count):
        lines = []
        for number in range(count):
            if self.random.random() < 0.05:
                lines.append(self.random.choice([f"$ORIGIN sub{number}.{ORIGIN}.", f"$TTL {number + 1}", "", " ; nothing"]))
            lines.append(self.line(number))
        return HEAD + self.random.choice(["\n", "\r\n"]).join(lines) + self.random.choice(["", "\n"])

    def spoilt(self, number):
        """A line with one thing wrong, or changed so that it may be."""
        line = self.line(number)
        if self.random.random() < 0.4:
            words = line.split(" ")
            i = self.random.randrange(len(words))
            words[i : i + 1] = self.random.choice(
                [[], [words[i], words[i]], [words[i] + "x"], ["-1"], ["99999999999"], ["x" * 64], ['"'], [")"], ["("], ["\\"]]
            )
            return " ".join(words)
        i = self.random.randrange(len(line))
        return line[:i] + self.random.choice(["", "(", ")", '"', "\\", "$", ".", "..", "-", "9", "z", "@", "\\300", " "]) + line[i + 1 :]


# Whose RDATA has names, which NSD prints in lower case.
WITH_NAMES = ("SOA", "NS", "PTR", "MX", "SRV", "RP", "AFSDB", "NAPTR", "KX", "LP", "RRSIG", "SVCB", "HTTPS")


def wire(text):
    """The records that a printed zone holds: (owner, TTL, type, RDATA in wire form, names in lower case)."""
    records = set()
    for line in text.splitlines():
        words = line.split(None, 4)
        if len(words) < 5 or line.startswith(";") or words[2] != "IN":
            continue
        owner, ttl, _, kind, rdata = words
        if kind in ("NID", "L64"):  # dnspython wants all digits, BIND leaves zeros out
            preference, groups = rdata.split()
            rdata = preference + " " + ":".join(group.rjust(4, "0") for group in groups.split(":"))
        number = dns.rdatatype.from_text(kind)
        try:
            parsed = dns.rdata.from_text(dns.rdataclass.IN, number, dns.tokenizer.Tokenizer(rdata))
            rdata = parsed.to_wire().lower() if kind in WITH_NAMES else parsed.to_wire()
        except Exception as error:  # dnspython cannot read what one of the two prints: told with the difference
            rdata = f"{rdata} ({error})"
        owner = dns.name.from_text(owner.lower()).to_text()
        records.add((owner, int(ttl), number, rdata))
    return records


class CorpusTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR"))
        self.addCleanup(folder.cleanup)
        os.chdir(folder.name)

    def write(self, text):
        with open("case.zone", "w", encoding="latin-1", newline="") as file:
            file.write(text)

    def test_valid_zones(self):
        compared = 0
        for seed in range(25):
            text = Chance(seed).zone(60)
            self.write(text)
            ours = Zonec.records("case.zone")
            with self.subTest(seed=seed):
                self.assertIsNotNone(ours, run(ZONEC, "check", "--origin=" + ORIGIN, "case.zone").stderr)
                for peer in PEERS:
                    if peer is Knot and "\r\n" in text:
                        continue  # Knot 3.2 takes the lines, and fails to check the zone
                    theirs = peer.records("case.zone")
                    self.assertIsNotNone(theirs, peer.name)
                    if theirs:
                        self.assertEqual(wire(ours) ^ wire(theirs), set(), peer.name)
                        compared += len(wire(theirs))
        self.assertGreater(compared, 2000)

    def test_includes(self):
        for seed in range(5):
            chance = Chance(1000 + seed)
            for name, first in (("one.inc", 100), ("two.inc", 200)):
                lines = [chance.line(number) for number in range(first, first + 10)]
                with open(name, "w", encoding="latin-1") as file:
                    file.write("\n".join([lines[0], "$ORIGIN within", *lines[1:]]) + "\n")
            includes = ["$INCLUDE one.inc", "$INCLUDE two.inc part", f"$INCLUDE two.inc other.{ORIGIN}."]
            lines = [chance.line(number) for number in range(10)]
            self.write(HEAD + "\n".join([lines[0], includes[seed % 3], "\tTXT inherited", *lines[1:]]) + "\n")
            ours = Zonec.records("case.zone")
            with self.subTest(seed=seed):
                self.assertIsNotNone(ours)
                self.assertEqual(wire(ours) ^ wire(Bind.records("case.zone")), set(), "BIND")

    def test_generate(self):
        """BIND's alone: NSD and Knot have no $GENERATE."""
        chance = Chance(7)
        for number in range(60):
            first, step = chance.number(300), chance.random.choice(["", "/1", "/7"])
            form = chance.random.choice(["$", "${0}", "${5,3}", "${0,4,d}", "${1,2,o}", "${0,5,x}", "${2,0,X}", "${0,7,n}", "${0,3,N}"])
            owner = chance.random.choice([f"g{number}-{form}", f"{form}.g{number}"])
            record = chance.random.choice([f"A 10.0.0.${{0,0,d}}", f"CNAME h{form}", f'TXT "{form}"', f'MX "1 m{form}"', f"60 IN PTR \\$.{form}"])
            last = first + chance.number(20)
            line = f"$GENERATE {first}-{last}{step} {owner} {record}"
            self.write(HEAD + line + "\n")
            ours, theirs = Zonec.records("case.zone"), Bind.records("case.zone")
            with self.subTest(line=line):
                self.assertEqual(ours is None, theirs is None)
                if ours is not None:
                    self.assertEqual(wire(ours) ^ wire(theirs), set())

    def test_zones_with_a_defect(self):
        for defect, text, refusers, check, refused in DEFECTS:
            self.write(text if " SOA " in text or defect == "no SOA" else HEAD + text)
            peers = {
                "BIND": run("named-checkzone", "-q", ORIGIN, "case.zone").returncode != 0,
                "Knot": run("kzonecheck", "-o", ORIGIN, "case.zone").returncode != 0,
                "NSD": run("nsd-checkzone", ORIGIN, "case.zone").returncode != 0,
            }
            ours = run(ZONEC, "check", "--origin=" + ORIGIN, "case.zone")
            with self.subTest(defect=defect, zonec=ours.stderr):
                self.assertEqual(" ".join(name for name, refuses in peers.items() if refuses), refusers)
                self.assertIn(f"[{check}]", ours.stderr)
                self.assertEqual(ours.returncode, 1 if refused else 0)
                # What all refuse is refused; everything else too, when asked to be strict.
                self.assertTrue(refused or not all(peers.values()))
                self.assertEqual(run(ZONEC, "check", "--strict", "--origin=" + ORIGIN, "case.zone").returncode, 1)

    def test_spoilt_lines(self):
        chance = Chance(1)
        counts = {"all agree": 0, "peers differ": 0, "refused": 0}
        for number in range(400):
            line = chance.spoilt(number)
            self.write(HEAD + line + "\n")
            ours = Zonec.records("case.zone")
            theirs = {peer.name: peer.records("case.zone") for peer in PEERS}
            taken = {name: records is not None for name, records in theirs.items()}
            counts["refused"] += ours is None
            with self.subTest(number=number, line=line, zonec=ours is not None, **taken):
                if len(set(taken.values())) == 1:
                    counts["all agree"] += 1
                    self.assertEqual(ours is not None, taken["BIND"])
                else:
                    counts["peers differ"] += 1
                    self.assertIn(ours is not None, taken.values())
                if ours is not None:
                    for name in ("BIND", "NSD"):
                        if theirs[name]:
                            self.assertEqual(wire(ours) ^ wire(theirs[name]), set(), name)
        print(counts)
        self.assertGreater(counts["all agree"], 200)
        self.assertGreater(counts["refused"], 100)


if __name__ == "__main__":
    unittest.main()
