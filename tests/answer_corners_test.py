# What BIND, Knot and NSD answer in corners that zones made by chance (differential_test) do not have: the root zone, a
# parent beside its children, labels of every octet, names at the length limit, other classes, meta types, two thousand zones.
#
# Where two of the peers agree, we agree with them.
#
# SPDX-License-Identifier: Apache-2.0
import os
import random
import tempfile
import unittest

from tests.name_servers import bind, knot, majority, nsd, ours, sign, verdict, write

# pylint: disable=wrong-import-order
import dns.flags
import dns.message
import dns.name

HEAD = "$TTL 300\n@ SOA ns hostmaster 7 7200 900 1209600 60\n@ NS ns\nns A 192.0.2.1\nns AAAA 2001:db8::1\n"
TYPES = ("A", "NS", "DS", "SOA", "MX", "TXT", "CNAME", "NSEC", "DNSKEY")
ROOT = """$TTL 300
. SOA ns.nic. hostmaster.nic. 7 7200 900 1209600 60
. NS ns.nic.
ns.nic. A 192.0.2.1
com. NS a.ns.com.
com. NS b.ns.net.
a.ns.com. A 192.0.2.2
net. NS b.ns.net.
b.ns.net. A 192.0.2.3
b.ns.net. AAAA 2001:db8::3
com. DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000
host. A 192.0.2.4
deep.er. TXT "below an empty non-terminal"
alias. CNAME host.
out. CNAME www.com.
"""


def query(name: dns.name.Name, rdtype: str | int, dnssec: bool, rdclass: int = 1, size: int = 1232) -> bytes:
    message = dns.message.make_query(name, rdtype, rdclass, use_edns=0, payload=size, want_dnssec=dnssec)
    message.flags &= ~dns.flags.RD
    return message.to_wire()


class AnswerCornersTest(unittest.TestCase):
    """Each case starts the four servers with zones of its own."""

    def serve(self, texts: dict[str, str], signed: dict[str, tuple] | None = None, starts=(ours, bind, knot, nsd)):
        """Writes and signs the zones, starts the servers, and says where the files are."""
        folder = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.addCleanup(folder.cleanup)
        self.zones = {}
        for number, (origin, text) in enumerate(texts.items()):
            path = write(os.path.join(folder.name, f"{number}.zone"), f"$ORIGIN {origin}\n{text}")
            if origin in (signed or {}):
                sign(origin, path, *signed[origin], folder.name)
            self.zones[origin] = path
        self.servers = []
        for start in starts:
            own = os.path.join(folder.name, start.__name__)
            os.mkdir(own)
            server = start(self.zones, own)
            self.addCleanup(server.stop)
            self.servers.append(server)
        for server in self.servers:
            server.wait(list(texts)[-1:])
        return folder.name

    def compare(self, asked: list[tuple[str, bytes]], fields: tuple[str, ...] = ("rcode", "flags", "answer", "authority"), tcp: bool = False):
        """Asks all; what differs from two peers fails the test. Returns how often two peers agreed."""
        wrong = []
        agreed = 0
        for text, wire in asked:
            mine, *theirs = [verdict(server.ask(wire, tcp)) for server in self.servers]
            for field in fields:
                found, common = majority([getattr(answer, field) for answer in theirs])
                if not found:
                    continue
                agreed += 1
                if getattr(mine, field) != common:
                    wrong.append(f"{text} {field}\n   ours   {getattr(mine, field)}\n   theirs {common}")
        print(f"{self.id()}: {len(asked)} questions, {agreed} verdicts of two or more peers")
        self.assertFalse(wrong, f"{len(wrong)} differ\n" + "\n".join(wrong[:30]))
        self.assertGreaterEqual(agreed, len(fields) * len(asked) * 9 // 10)

    def test_the_root_zone(self):
        for signed in ({}, {".": ("13", [])}, {".": ("13", ["-3", "-", "-H", "0", "-A"])}):
            self.serve({".": ROOT}, signed)
            names = (".", "com.", "www.com.", "a.ns.com.", "net.", "b.ns.net.", "x.b.ns.net.", "nic.", "ns.nic.", "host.", "x.host.",
                     "er.", "deep.er.", "no.er.", "nothing.", "zzz.", "*.", "alias.", "\\000.", "0.")
            self.compare([(f"{name} {rdtype} {dnssec}", query(dns.name.from_text(name), rdtype, dnssec))
                          for name in names for rdtype in TYPES for dnssec in (False, True)])
            self.doCleanups()

    def test_parents_beside_their_children(self):
        parent = HEAD + "c NS ns.c\nns.c A 192.0.2.2\nc DS 1 13 2 " + "00" * 32 + "\nx.y.z NS ns.c\nplain NS ns.c\nwww A 192.0.2.3\n"
        child = HEAD + "www A 192.0.2.4\n* TXT wild\nsub NS ns.sub\nns.sub A 192.0.2.5\n"
        zones = {"p.test.": parent, "c.p.test.": child, "x.y.z.p.test.": child, "deep.below.c.p.test.": child}
        for signed in ({}, {origin: ("13", []) for origin in zones}, {"p.test.": ("13", ["-3", "-", "-H", "0"])}):
            self.serve(zones, signed)
            names = [f"{front}{origin}" for origin in (*zones, "plain.p.test.", "y.z.p.test.", "below.c.p.test.")
                     for front in ("", "www.", "no.", "a.sub.", "sub.", "ns.")]
            self.compare([(f"{name} {rdtype} {dnssec}", query(dns.name.from_text(name), rdtype, dnssec))
                          for name in names for rdtype in TYPES for dnssec in (False, True)])
            self.doCleanups()

    def test_every_octet_in_labels_and_any_case(self):
        lines = "".join(f"\\{octet:03d}x A 192.0.2.{octet % 250}\n" for octet in range(256) if not ord("A") <= octet <= ord("Z"))
        # Knot 3.2 does not read names as dnssec-signzone writes them.
        self.serve({"o.test.": HEAD + lines + "MiXeD TXT case\n*.w\\.w TXT dot\n"}, {"o.test.": ("13", [])}, (ours, bind, nsd))
        origin = dns.name.from_text("o.test.")
        asked = []
        for octet in range(256):
            for label in (bytes([octet]) + b"x", bytes([octet]), bytes([octet]) + b"X", bytes([octet, octet]) + b"."):
                name = dns.name.Name((label,) + origin.labels)
                asked += [(f"{name} {rdtype}", query(name, rdtype, True)) for rdtype in ("A", "TXT")]
        for name in ("mixed.o.test.", "MIXED.O.TeSt.", "a.w\\.w.o.test.", "a.w.w.o.test.", "A.W\\.W.O.TEST."):
            asked.append((name, query(dns.name.from_text(name), "TXT", True)))
        self.compare(asked)

    def test_names_at_the_length_limit(self):
        label = "l" * 63
        long = f"{label}.{label}.{label}"  # with n.test. behind it 200 octets
        text = HEAD + f"{long} A 192.0.2.2\n*.{long} TXT wild\nd DNAME {long}\n{'m' * 53}.{long} TXT longest\n"
        self.serve({"n.test.": text}, {"n.test.": ("13", [])})
        fronts = [long, f"{'m' * 53}.{long}", f"{'m' * 52}.{long}", f"{'m' * 20}.{'m' * 32}.{long}", f"{'a.' * 26}b.{long}", f"{'a.' * 27}{long}"]
        fronts += [f"{'q' * size}.d" for size in (1, 50, 51, 52, 53, 54, 63)] + [f"{'q.' * count}d" for count in (25, 26, 27, 28, 60)]
        asked = []
        for front in fronts:
            name = dns.name.from_text(f"{front}.n.test.")
            asked += [(f"{front} {rdtype} {dnssec}", query(name, rdtype, dnssec))
                      for rdtype in ("A", "TXT", "CNAME", "DNAME") for dnssec in (False, True)]
        self.compare(asked, tcp=True)  # whole answers are long

    def test_classes_and_meta_types(self):
        self.serve({"m.test.": HEAD + "www A 192.0.2.2\n* TXT wild\n"})
        names = [dns.name.from_text(name) for name in ("www.m.test.", "m.test.", "no.m.test.", "elsewhere.test.")]
        asked = [(f"{name} class {rdclass}", query(name, "A", False, rdclass)) for name in names for rdclass in (0, 2, 3, 4, 254, 65280)]
        # What is asked of meta types is in tests/hygiene.
        asked += [(f"{name} TYPE{rdtype}", query(name, rdtype, False))
                  for name in names for rdtype in (3, 4, 62, 100, 256, 257, 999, 32768, 65280, 65534)]
        self.compare(asked, ("rcode", "answer"))

    def test_additional_data(self):
        """Addresses that help, with their signatures; glue that must be there, or the answer is truncated (RFC 9471)."""
        many = "".join(f"big NS ns{i}.big\nns{i}.big A 192.0.2.{i}\nns{i}.big AAAA 2001:db8::{i:x}\n" for i in range(1, 14))
        text = HEAD + many + """@ MX 10 mail
@ MX 20 mail.elsewhere.invalid.
mail A 192.0.2.2
mail AAAA 2001:db8::2
_sip._tcp SRV 0 0 5060 sip
_sip._tcp SRV 1 0 5060 mail
sip A 192.0.2.3
two MX 1 mail
two MX 2 mail
alias MX 1 pointer
pointer CNAME mail
cut NS ns.cut
cut NS ns.side
cut NS ns
ns.cut A 192.0.2.5
ns.cut AAAA 2001:db8::5
side NS ns.side
ns.side A 192.0.2.6
below MX 1 ns.side
"""
        for signed in ({}, {"a.test.": ("13", [])}):
            self.serve({"a.test.": text}, signed)
            asked = [(f"{name} {rdtype} {dnssec} {size}", query(dns.name.from_text(f"{name}a.test."), rdtype, dnssec, size=size))
                     for name, rdtype in (("", "MX"), ("", "NS"), ("_sip._tcp.", "SRV"), ("two.", "MX"), ("alias.", "MX"),
                                          ("below.", "MX"), ("www.cut.", "A"), ("cut.", "NS"), ("www.side.", "A"))
                     for dnssec in (False, True) for size in (700, 1232, 4096)]
            self.compare(asked, ("rcode", "flags", "additional"))
            for dnssec in (False, True):
                self.check_glue_of_many(dnssec)
            self.doCleanups()

    def check_glue_of_many(self, dnssec: bool):
        """All of it, or TC: the peers leave some out without a word, which RFC 9471 §3.1 no longer allows."""
        seen = set()
        for size in (512, 700, 1232, 4096):
            answer = verdict(self.servers[0].ask(query(dns.name.from_text("x.big.a.test."), "A", dnssec, size=size), False))
            whole = len([rdtype for _, _, rdtype, _ in answer.additional if rdtype in (1, 28)]) == 26
            self.assertNotEqual(whole, bool(answer.flags & dns.flags.TC), size)
            seen.add(whole)
        self.assertEqual(seen, {False, True})

    def test_two_thousand_zones(self):
        chance = random.Random(8)
        zones = {}
        for number in range(2000):
            origin = f"z{number}.many.test." if number % 4 else f"n{number}.z{number + 1}.many.test."
            zones[origin] = HEAD + f"www A 192.0.2.{number % 250}\n* TXT n{number}\nsub NS ns.sub\nns.sub A 192.0.2.9\n"
        self.serve(zones)
        for server in self.servers:
            server.wait(list(zones)[::100])
        origins = list(zones)
        asked = []
        for _ in range(3000):
            front = chance.choice(("", "www.", "a.", "a.b.", "x.sub.", "sub.", "n4.z5."))
            origin = chance.choice(origins + ["many.test.", "z9999.many.test.", "."])
            rdtype = chance.choice(TYPES)
            name = dns.name.from_text(front + origin if origin != "." else (front or "."))
            asked.append((f"{name} {rdtype}", query(name, rdtype, chance.random() < 0.5)))
        self.compare(asked)


if __name__ == "__main__":
    unittest.main()
