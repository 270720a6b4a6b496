# The authorities that tests compare: ours, BIND, Knot and NSD, each with the same zones.
#
# SPDX-License-Identifier: Apache-2.0
import collections
import os
import socket
import struct
import subprocess
import sys
import time

# The workspace has a folder `dns`, too.
_PATHS = list(sys.path)
sys.path[:] = [path for path in sys.path if path not in ("", os.getcwd())]
import dns.flags  # noqa: E402
import dns.message  # noqa: E402

sys.path[:] = _PATHS
os.environ["PATH"] = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin"


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
    for number, (origin, path) in enumerate(zones.items()):
        run("zonec/zonec", "compile", f"--origin={origin}", "--warn=nsec3-iterations-excessive",
            "-o", os.path.join(snapshots, f"{number}.snap"), path)
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


Verdict = collections.namedtuple("Verdict", "rcode flags answer authority additional")


def verdict(wire: bytes) -> Verdict:
    message = dns.message.from_wire(wire, ignore_trailing=True)
    flags = message.flags & (dns.flags.AA | dns.flags.TC)
    return Verdict(message.rcode(), flags, section(message.answer), section(message.authority), section(message.additional))


def majority(values: list) -> tuple[bool, object]:
    """Whether two of the values or more are the same, and which."""
    value, votes = collections.Counter(values).most_common(1)[0] if values else (None, 0)
    return votes >= 2, value
