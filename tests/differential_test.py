# Compares what we answer with what BIND, Knot and NSD answer from the same zones, made by chance, plain and signed.
#
# Where two of the peers agree, we agree with them: rcode, AA and TC flags, and the answer and authority sections as sets of
# records. What differs on purpose is in differs(), and in docs/rfc_coverage.md with its reason.
#
# SPDX-License-Identifier: Apache-2.0
import collections
import os
import random
import tempfile
import unittest

from tests.name_servers import Server, Verdict, bind, knot, nsd, ours, sign, verdict

# pylint: disable=wrong-import-order
import dns.flags
import dns.message
import dns.name
import dns.rdatatype

SEED = 20261123
# Of a signed zone: algorithm, and options of dnssec-signzone for its denial.
SIGNED = (
    ("8", []),
    ("10", ["-3", "-", "-H", "0"]),
    ("13", []),
    ("13", ["-3", "-", "-H", "0"]),
    ("13", ["-3", "ab", "-H", "1"]),
    ("13", ["-3", "0123456789abcdef", "-H", "50", "-A"]),
    ("14", ["-3", "-", "-H", "0", "-A"]),
    ("15", []),
    ("16", ["-3", "ff", "-H", "10"]),
)
TYPES = ("A", "AAAA", "NS", "CNAME", "DNAME", "MX", "TXT", "SOA", "DS", "SRV", "ANY", "RRSIG", "NSEC", "DNSKEY", "TYPE65300")
LABELS = ("a", "b", "c", "w", "x", "*", "mail", "sub", "d", "zz", "_sip", "\\000", "A\\.b", "e" * 63)


class Zones:
    """Texts of zones, the same for the same seed."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)

    def label(self) -> str:
        return self.chance.choice(LABELS)

    def name(self, depth: int = 3) -> str:
        return ".".join(self.label() for _ in range(self.chance.randint(1, depth)))

    def text(self, origin: str, others: list[str]) -> str:
        chance = self.chance
        lines = [f"$ORIGIN {origin}", "$TTL 300", "@ SOA ns hostmaster 1 7200 900 1209600 60", "@ NS ns", "@ NS ns.elsewhere.invalid.",
                 "ns A 192.0.2.1", "@ MX 10 mail", "mail A 192.0.2.2", "mail AAAA 2001:db8::2", "* TXT wild" if chance.random() < 0.3 else ""]
        owners = {"ns": "data", "mail": "data"}
        for _ in range(60):
            owner = self.name()
            if owner.lower() in owners or owner == "*" and lines[-1]:
                continue
            kind = chance.choice(("data", "data", "data", "cname", "dname", "cut", "signed cut", "ent"))
            if owner.split(".")[0] == "*" and kind in ("dname", "cut", "signed cut"):
                kind = "data"
            owners[owner.lower()] = kind
            if kind == "data":
                for record in chance.sample(("A 192.0.2.9", "TXT some", f"MX 5 {self.name()}", f"SRV 1 2 3 {self.name()}", "AAAA 2001:db8::9"),
                                            chance.randint(1, 3)):
                    lines.append(f"{owner} {record}")
            elif kind == "cname":
                target = chance.choice((self.name(), f"{self.name(2)}.{chance.choice(others)}", "far.elsewhere.invalid."))
                lines.append(f"{owner} CNAME {target}")
            elif kind == "dname":
                target = chance.choice((self.name(), f"{self.name(1)}.{chance.choice(others)}", "far.elsewhere.invalid.", owner))
                lines.append(f"{owner} DNAME {target}")
            elif kind in ("cut", "signed cut"):
                lines.append(f"{owner} NS ns.{owner}")
                lines.append(f"ns.{owner} A 192.0.2.7")
                if chance.random() < 0.5:
                    lines.append(f"{owner} NS mail")
                if kind == "signed cut":
                    lines.append(f"{owner} DS 1 13 2 " + "00" * 32)
            else:
                lines.append(f"deep.{owner} TXT below")
        return "\n".join(lines) + "\n"


def cleaned(origin: str, text: str, folder: str) -> str:
    """The zone without what servers refuse or treat each in its own way: what lies below a DNAME, or beside a CNAME."""
    import dns.zone
    zone = dns.zone.from_text(text, origin=origin, relativize=False, check_origin=False)
    dnames = {name for name, node in zone.items() if node.get_rdataset(1, dns.rdatatype.DNAME)}
    for name in list(zone.keys()):
        node = zone[name]
        below = any(name != above and name.is_subdomain(above) for above in dnames)
        cname = node.get_rdataset(1, dns.rdatatype.CNAME)
        crowded = cname and len(node.rdatasets) > 1
        cut_beside = node.get_rdataset(1, dns.rdatatype.NS) and name != zone.origin and (
            cname or node.get_rdataset(1, dns.rdatatype.DNAME))
        if below or crowded or cut_beside:
            del zone[name]
    path = os.path.join(folder, f"{origin}zone")
    zone.to_file(path, relativize=False, want_origin=False)
    return path


def differs(name: dns.name.Name, rdtype: str, mine: Verdict, whole: Verdict, theirs: list[Verdict], what: str, common, origins: list[dns.name.Name]) -> bool:
    """Whether what two peers say is not what we say, and it should be. docs/rfc_coverage.md has the exceptions."""
    value = getattr(mine, what)
    if value == common:
        return False
    # Truncated answers say no more than that (RFC 2181 section 9).
    if mine.flags & dns.flags.TC and what in ("answer", "authority"):
        return False

    # Aliases are followed through all zones (RFC 1034 section 4.3.2, step 3a; RFC 6604), as NSD does; BIND and Knot stop where
    # one leaves its zone.
    def zone_of(owner):
        return max((origin for origin in origins if owner.is_subdomain(origin)), key=len, default=None)

    if any(zone_of(owner) != zone_of(name) for owner, _, _, _ in whole.answer | whole.authority):
        return what == "answer" and not common <= value
    # Of names below a hashed owner name, which is no name (RFC 5155 section 7.2.8), Knot and NSD each leave out proofs.
    if whole.rcode == 0 and any(len(label) == 32 for label in name.labels[1:]) and what == "flags":
        return False
    # What fits is not truncated, when others write it longer.
    if what == "flags" and common == value | dns.flags.TC:
        return False
    if rdtype == "ANY":
        # RRSIG and NSEC are treated as any other type (RFC 4035 section 3), so that there is more of them.
        return what == "rcode" or what == "answer" and not common <= value
    if what == "authority" and mine.rcode == 0:
        return not has_more_proofs(value, common)
    # What has more proofs than others does not fit where theirs does.
    if what == "flags" and mine.flags & dns.flags.TC and whole.rcode == 0:
        return not any(has_more_proofs(whole.authority, other.authority) for other in theirs)
    return True


def has_more_proofs(mine: frozenset, theirs: frozenset) -> bool:
    """The proof that a wildcard is an empty non-terminal (RFC 4035 section 3.1.3.4) is left out by some."""
    more = {dns.rdatatype.to_text(rdtype) for _, _, rdtype, _ in mine - theirs}
    return theirs < mine and more <= {"NSEC", "NSEC3", "RRSIG"}


def questions(zones: dict[str, str], chance: random.Random, count: int) -> list[tuple]:
    import dns.zone
    names = []
    for origin, path in zones.items():
        zone = dns.zone.from_file(path, origin=origin, relativize=False, check_origin=False)
        for name in zone.keys():
            names.append(name)
            for other in (LABELS[chance.randrange(len(LABELS))], "nothere", "aaa", "zzzz"):
                try:
                    names.append(dns.name.from_text(other, name))
                except dns.name.NameTooLong:
                    pass
            if len(name) > len(zone.origin):
                names.append(name.parent())
                before = name.labels[0][:-1] + bytes([max(name.labels[0][-1] - 1, 0), 255])
                if len(before) < 64:
                    try:
                        names.append(dns.name.Name((before,) + name.labels[1:]))
                    except dns.name.NameTooLong:
                        pass
    return [(chance.choice(names), chance.choice(TYPES), chance.random() < 0.6, chance.choice((0, 512, 1232, 4096)), chance.random() < 0.3)
            for _ in range(count)]


class DifferentialTest(unittest.TestCase):
    QUESTIONS = 6000

    def test_where_two_peers_agree_we_agree(self):
        with tempfile.TemporaryDirectory() as folder:
            zones = self.make_zones(folder)
            servers = []
            try:
                for start in (ours, bind, knot, nsd):
                    own = os.path.join(folder, start.__name__)
                    os.mkdir(own)
                    servers.append(start(zones, own))
                for server in servers:
                    server.wait(list(zones))
                self.compare(servers, [dns.name.from_text(origin) for origin in zones], questions(zones, random.Random(SEED), self.QUESTIONS))
            finally:
                for server in servers:
                    server.stop()

    def make_zones(self, folder: str) -> dict[str, str]:
        origins = [f"z{i}.test." for i in range(len(SIGNED))] + ["plain0.test.", "plain1.test."]
        maker = Zones(SEED)
        zones = {}
        for i, origin in enumerate(origins):
            zones[origin] = cleaned(origin, maker.text(origin, origins), folder)
            if i < len(SIGNED):
                sign(origin, zones[origin], *SIGNED[i], folder)
        return zones

    def compare(self, servers: list[Server], origins: list[dns.name.Name], asked: list[tuple]) -> None:
        mismatches = collections.Counter()
        examples = []
        agreed = 0
        for name, rdtype, do, size, tcp in asked:
            query = dns.message.make_query(name, rdtype, use_edns=0 if size else -1, payload=size or 512, want_dnssec=do and size > 0)
            query.flags &= ~dns.flags.RD
            wire = query.to_wire()
            mine, *theirs = [verdict(server.ask(wire, tcp)) for server in servers]
            whole = verdict(servers[0].ask(wire, True)) if mine.flags & dns.flags.TC else mine
            for what in Verdict._fields[:-1]:  # the additional section: answer_corners_test
                # Sections of truncated answers say nothing.
                values = [getattr(answer, what) for answer in theirs
                          if what in ("rcode", "flags") or not answer.flags & dns.flags.TC]
                common, votes = collections.Counter(values).most_common(1)[0] if values else (None, 0)
                if votes < 2:
                    continue
                agreed += 1
                if differs(name, rdtype, mine, whole, theirs, what, common, origins):
                    mismatches[(what, rdtype)] += 1
                    if len(examples) < 40:
                        examples.append((what, name.to_text(), rdtype, "DO" if do and size else "", size, "TCP" if tcp else "UDP", votes,
                                         self.text(getattr(mine, what)), self.text(common)))
        print(f"{len(asked)} questions, {agreed} verdicts of two or more peers")
        self.assertGreater(agreed, 3 * len(asked))  # of four things that are compared
        if mismatches:
            lines = [f"{what} {name} {rdtype} {do} {size} {over} ({votes} peers)\n   ours   {mine}\n   theirs {common}"
                     for what, name, rdtype, do, size, over, votes, mine, common in examples]
            self.fail(f"{sum(mismatches.values())} differ: {dict(mismatches)}\n" + "\n".join(lines))

    @staticmethod
    def text(value) -> str:
        if not isinstance(value, frozenset):
            return str(value)
        return "; ".join(sorted(f"{name} {ttl} {dns.rdatatype.to_text(rdtype)} {digest.hex()[:24]}" for name, ttl, rdtype, digest in value))


if __name__ == "__main__":
    unittest.main()
