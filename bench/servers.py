# The servers that are measured: how each is configured and started.
#
# SPDX-License-Identifier: Apache-2.0
"""One function per server writes its configuration and returns the commands to run, each server with one UDP worker.

Nothing else is tuned: what is not about the number of workers, where files are, or staying in the foreground without
background chores has the value that Debian ships, but for limits below what a load needs.
"""

import pathlib
import subprocess
from typing import Callable, NamedTuple

from bench.zone_generator import ORIGIN

Commands = list[list[str]]

# Of ours: their default is one per CPU of the machine, of which they are given one.
ONE_WORKER = "--workers=1"


class Site(NamedTuple):
    """What a server is given."""

    port: int
    master: pathlib.Path
    pyzone: pathlib.Path
    # The server's own, empty.
    directory: pathlib.Path
    # The `bazel-bin` of our tree.
    binaries: pathlib.Path
    # Where a recursive server is to forward to.
    upstream: int = 0


class Server(NamedTuple):
    """A measured server: one process or several that answer together on one port."""

    prepare: Callable[[Site], Commands]
    # Programs to be found on PATH.
    programs: tuple[str, ...] = ()
    # Bazel targets to build.
    targets: tuple[str, ...] = ()
    # False: echoes queries.
    is_dns: bool = True


def write(site: Site, name: str, text: str) -> str:
    """Writes a file of the server's and says where."""
    path = site.directory / name
    path.write_text(text, encoding="ascii")
    return str(path)


def echo(site: Site) -> Commands:
    """The floor: no DNS at all."""
    return [[str(site.binaries / "bench/udpecho"), f"--port={site.port}"]]


def _strata(site: Site) -> Commands:
    strata = str(site.binaries / "standalone/strata")
    return [[strata, f"--bindzone={site.master}", f"--port={site.port}", "--interface=127.0.0.1", ONE_WORKER]]


def _split(site: Site) -> Commands:
    snapshots = site.directory / "snapshots"
    snapshots.mkdir()
    compile_snapshot = compile_command(site.binaries, site.master, snapshots / f"{ORIGIN}.snap")
    # Ahead of time, as in production: it is part of no figure.
    subprocess.run(compile_snapshot, check=True, stdout=subprocess.DEVNULL)
    socket = f"unix:{site.directory}/authority.sock"
    return [
        [str(site.binaries / "authority/authority"), f"--listen={socket}", f"--snapshots={snapshots}", ONE_WORKER],
        [
            str(site.binaries / "frontend/frontend"),
            f"--listen=127.0.0.1:{site.port}",
            f"--authority={socket}",
            ONE_WORKER,
        ],
    ]


def compile_command(binaries: pathlib.Path, master: pathlib.Path, snapshot: pathlib.Path) -> list[str]:
    """Compiles the zone with our compiler."""
    return [str(binaries / "zonec/zonec"), "compile", f"--origin={ORIGIN}", "-o", str(snapshot), str(master)]


def nsd_command(site: Site, control: str) -> list[str]:
    """Starts NSD; `control` is its remote control's configuration."""
    # Debian's NSD limits answers to 200 a second per client network unless it is told not to.
    config = write(
        site,
        "nsd.conf",
        f"""server:
    server-count: 1
    ip-address: 127.0.0.1@{site.port}
    username: ""
    database: ""
    zonesdir: "{site.directory}"
    zonelistfile: "{site.directory}/zone.list"
    xfrdfile: "{site.directory}/xfrd.state"
    xfrdir: "{site.directory}"
    pidfile: "{site.directory}/nsd.pid"
    rrl-ratelimit: 0
remote-control:
    {control}
zone:
    name: {ORIGIN}
    zonefile: {site.master}
""",
    )
    return ["nsd", "-d", "-c", config]


def _nsd(site: Site) -> Commands:
    return [nsd_command(site, "control-enable: no")]


def _knot(site: Site) -> Commands:
    config = write(
        site,
        "knot.conf",
        f"""server:
    rundir: {site.directory}
    listen: 127.0.0.1@{site.port}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: {site.directory}
zone:
  - domain: {ORIGIN}
    file: {site.master}
    zonefile-sync: -1
    journal-content: none
""",
    )
    return [["knotd", "-c", config]]


def _bind(site: Site) -> Commands:
    config = write(
        site,
        "named.conf",
        f"""options {{
    directory "{site.directory}";
    pid-file none;
    session-keyfile none;
    listen-on port {site.port} {{ 127.0.0.1; }};
    listen-on-v6 {{ none; }};
    recursion no;
    dnssec-validation no;
    notify no;
}};
controls {{ }};
zone "{ORIGIN}" {{ type primary; file "{site.master}"; }};
""",
    )
    return [["named", "-g", "-n", "1", "-c", config]]


def _pdns(site: Site) -> Commands:
    # 20 TCP connections at a time are less than a load has.
    zones = write(site, "named.conf", f'zone "{ORIGIN}" {{ type master; file "{site.master}"; }};\n')
    write(
        site,
        "pdns.conf",
        f"""launch=bind
bind-config={zones}
local-address=127.0.0.1
local-port={site.port}
socket-dir={site.directory}
receiver-threads=1
max-tcp-connections=150
daemon=no
guardian=no
write-pid=no
security-poll-suffix=
""",
    )
    return [["pdns_server", f"--config-dir={site.directory}"]]


def _twisted(site: Site) -> Commands:
    # --bindzone of Twisted 22.4 fails on any file under Python 3.
    listen = [f"--port={site.port}", "--interface=127.0.0.1"]
    return [["twistd3", "-n", "--pidfile=", "dns", *listen, f"--pyzone={site.pyzone}"]]


# In the order of the report.
SERVERS = {
    "echo": Server(echo, targets=("//bench:udpecho",), is_dns=False),
    "strata": Server(_strata, targets=("//standalone:strata",)),
    "split": Server(_split, targets=("//frontend", "//authority", "//zonec")),
    "nsd": Server(_nsd, programs=("nsd",)),
    "knot": Server(_knot, programs=("knotd",)),
    "bind": Server(_bind, programs=("named",)),
    "pdns": Server(_pdns, programs=("pdns_server",)),
    "twisted": Server(_twisted, programs=("twistd3",)),
}
