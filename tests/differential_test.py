# Compares what we answer with what BIND, Knot and NSD answer from the same zones, made by chance, plain and signed.
#
# Where two of the peers agree, we agree with them: rcode, AA and TC flags, and the answer and authority sections as sets of
# records. What differs on purpose is in EXCEPTIONS, each with its reason.
#
# SPDX-License-Identifier: Apache-2.0
import collections
import os
import random
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

# The workspace has a folder `dns`, too.
sys.path[:] = [path for path in sys.path if path not in ("", os.getcwd())]
import dns.flags  # noqa: E402
import dns.message  # noqa: E402
import dns.name  # noqa: E402
import dns.rdatatype  # noqa: E402

os.environ["PATH"] = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin"
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


def run(*command: str, cwd: str | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}{done.stdout}")


def sign(origin: str, path: str, algorithm: str, denial: list[str], folder: str) -> None:
    keys = []
    for flags in ([], ["-f", "KSK"]):
        size = ["-b", "2048"] if algorithm in ("8", "10") else []
        done = subprocess.run(["dnssec-keygen", "-q", "-K", folder, "-a", algorithm, *size, *flags, origin], capture_output=True,
                              text=True, check=True)
        keys.append(done.stdout.strip())
    run("dnssec-signzone", "-q", "-S", "-K", folder, "-o", origin, "-N", "keep", "-P", "-O", "full", "-f", path + ".signed", *denial, path,
        cwd=folder)
    os.replace(path + ".signed", path)


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A name server that was started, and connections to it."""

    def __init__(self, name: str, port: int, commands: list[list[str]], log: str):
        self.name = name
        self.port = port
        self.log = log
        self.processes = [
            subprocess.Popen(["sh", "-c", 'log=$1; shift; exec "$@" >>"$log" 2>&1', "sh", log, *command], stdin=subprocess.DEVNULL)
            for command in commands
        ]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.connect(("127.0.0.1", port))
        self.udp.settimeout(0.5)
        self.tcp = None

    def tail(self) -> str:
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()[-3000:]

    def ask(self, wire: bytes, tcp: bool) -> bytes:
        for _ in range(6):
            try:
                return self._over_tcp(wire) if tcp else self._over_udp(wire)
            except OSError:
                self.tcp = None
        raise RuntimeError(f"{self.name} does not answer:\n" + self.tail())

    def _over_udp(self, wire: bytes) -> bytes:
        self.udp.send(wire)
        while True:
            answer = self.udp.recv(65535)
            if answer[:2] == wire[:2]:
                return answer

    def _over_tcp(self, wire: bytes) -> bytes:
        if self.tcp is None:
            self.tcp = socket.create_connection(("127.0.0.1", self.port), timeout=2)
        self.tcp.sendall(struct.pack("!H", len(wire)) + wire)
        size = struct.unpack("!H", self._exactly(2))[0]
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        octets = b""
        while len(octets) < size:
            more = self.tcp.recv(size - len(octets))
            if not more:
                raise ConnectionError
            octets += more
        return octets

    def wait(self, origins: list[str]) -> None:
        deadline = time.monotonic() + 60
        for origin in origins:
            query = dns.message.make_query(origin, "SOA").to_wire()
            while True:
                try:
                    if dns.message.from_wire(self._over_udp(query)).rcode() == 0:
                        break
                except OSError:
                    pass
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{self.name} does not serve {origin}:\n" + self.tail())
                time.sleep(0.1)

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        self.udp.close()
        if self.tcp is not None:
            self.tcp.close()


def write(path: str, text: str) -> str:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    return path


def ours(zones: dict[str, str], folder: str) -> Server:
    snapshots = os.path.join(folder, "snapshots")
    os.mkdir(snapshots)
    for origin, path in zones.items():
        run("zonec/zonec", "compile", f"--origin={origin}", "--warn=nsec3-iterations-excessive",
            "-o", os.path.join(snapshots, f"{origin}snap"), path)
    port = free_port()
    control = f"unix:{folder}/authority.sock"
    return Server("ours", port, [
        ["authority/authority", f"--listen={control}", f"--snapshots={snapshots}"],
        ["frontend/frontend", f"--listen=127.0.0.1:{port}", f"--authority={control}", "--any=full", "--max_udp_size=4096"],
    ], os.path.join(folder, "ours.log"))


def bind(zones: dict[str, str], folder: str) -> Server:
    port = free_port()
    served = "".join(f'zone "{origin}" {{ type primary; file "{path}"; check-names ignore; }};\n' for origin, path in zones.items())
    config = write(os.path.join(folder, "named.conf"), f"""options {{ directory "{folder}"; pid-file none; session-keyfile none;
 listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; recursion no; max-udp-size 4096; edns-udp-size 4096; nocookie-udp-size 4096;
 minimal-responses no-auth; dnssec-validation no; allow-query {{ any; }}; notify no; check-integrity no; check-wildcard no; max-cache-size 1m;
 dump-file "{folder}/dump"; statistics-file "{folder}/stats"; managed-keys-directory "{folder}"; }};
controls {{ }};
{served}""")
    return Server("BIND", port, [["named", "-g", "-n", "1", "-c", config]], os.path.join(folder, "named.log"))


def knot(zones: dict[str, str], folder: str) -> Server:
    port = free_port()
    served = "".join(f"  - domain: \"{origin}\"\n    file: {path}\n    zonefile-sync: -1\n    journal-content: none\n    semantic-checks: off\n"
                     for origin, path in zones.items())
    config = write(os.path.join(folder, "knot.conf"), f"server:\n    rundir: {folder}\n    listen: 127.0.0.1@{port}\n    udp-workers: 1\n"
                   f"    tcp-workers: 1\n    background-workers: 1\n    udp-max-payload-ipv4: 4096\ndatabase:\n    storage: {folder}\nzone:\n{served}")
    return Server("Knot", port, [["knotd", "-c", config]], os.path.join(folder, "knot.log"))


def nsd(zones: dict[str, str], folder: str) -> Server:
    port = free_port()
    served = "".join(f"zone:\n    name: \"{origin}\"\n    zonefile: {path}\n" for origin, path in zones.items())
    config = write(os.path.join(folder, "nsd.conf"), f"""server:
    server-count: 1
    ip-address: 127.0.0.1@{port}
    username: ""
    database: ""
    zonesdir: "{folder}"
    zonelistfile: "{folder}/zone.list"
    xfrdfile: "{folder}/xfrd.state"
    xfrdir: "{folder}"
    pidfile: "{folder}/nsd.pid"
    ipv4-edns-size: 4096
    rrl-ratelimit: 0
    minimal-responses: yes
    refuse-any: no
remote-control:
    control-enable: no
{served}""")
    return Server("NSD", port, [["nsd", "-d", "-c", config]], os.path.join(folder, "nsd.log"))


def section(rrsets) -> frozenset:
    return frozenset((rrset.name, rrset.ttl, rrset.rdtype, rdata.to_digestable()) for rrset in rrsets for rdata in rrset)


Verdict = collections.namedtuple("Verdict", "rcode flags answer authority")


def verdict(wire: bytes) -> Verdict:
    message = dns.message.from_wire(wire, ignore_trailing=True)
    flags = message.flags & (dns.flags.AA | dns.flags.TC)
    return Verdict(message.rcode(), flags, section(message.answer), section(message.authority))


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
            for what in Verdict._fields:
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
