# The recursive servers that are measured: how each is configured and started.
#
# SPDX-License-Identifier: Apache-2.0
"""Like servers.py, for servers that forward to another and remember what it answered.

All forward everything below the zone's name to the same server, validate nothing, log nothing, have one thread for
queries, and a cache that is larger than what it is given to remember.
"""

from bench.loopback import free_port
from bench.servers import ONE_WORKER, SERVERS, Commands, Server, Site, write
from bench.zone_generator import ORIGIN

_CACHE_MIB = 256
_CACHE_ENTRIES = 1_000_000


def _strata(site: Site) -> Commands:
    strata = str(site.binaries / "standalone/strata")
    listen = [f"--port={site.port}", "--interface=127.0.0.1", ONE_WORKER]
    return [[strata, *listen, f"--forward=127.0.0.1:{site.upstream}", f"--cache_memory={_CACHE_MIB}MiB"]]


def _split(site: Site) -> Commands:
    cache, recursor = (f"unix:{site.directory}/{name}.sock" for name in ("cache", "recursor"))
    return [
        [str(site.binaries / "cache/cache"), f"--listen={cache}", f"--memory={_CACHE_MIB}MiB", ONE_WORKER],
        [
            str(site.binaries / "recursor/recursor"),
            f"--listen={recursor}",
            f"--forward=127.0.0.1:{site.upstream}",
            ONE_WORKER,
        ],
        [
            str(site.binaries / "frontend/frontend"),
            ONE_WORKER,
            f"--listen=127.0.0.1:{site.port}",
            f"--cache={cache}",
            f"--recursor={recursor}",
            "--allow_recursion=127.0.0.0/8",
        ],
    ]


def _unbound_on(site: Site, port: int) -> list[str]:
    config = write(
        site,
        "unbound.conf",
        f"""server:
    interface: 127.0.0.1@{port}
    username: ""
    chroot: ""
    directory: "{site.directory}"
    pidfile: ""
    use-syslog: no
    num-threads: 1
    module-config: "iterator"
    do-not-query-localhost: no
    msg-cache-size: {_CACHE_MIB // 2}m
    rrset-cache-size: {_CACHE_MIB}m
remote-control:
    control-enable: no
forward-zone:
    name: {ORIGIN}
    forward-addr: 127.0.0.1@{site.upstream}
""",
    )
    return ["unbound", "-d", "-c", config]


def _unbound(site: Site) -> Commands:
    return [_unbound_on(site, site.port)]


def _dnsdist(site: Site) -> Commands:
    unbound = free_port()
    config = write(
        site,
        "dnsdist.conf",
        f"""setLocal("127.0.0.1:{site.port}")
setSecurityPollSuffix("")
newServer({{address="127.0.0.1:{unbound}", checkName="{ORIGIN}.", checkType="SOA"}})
getPool(""):setCache(newPacketCache({_CACHE_ENTRIES}))
""",
    )
    return [_unbound_on(site, unbound), ["dnsdist", "--supervised", "--disable-syslog", "-C", config]]


def _recursor(site: Site) -> Commands:
    # A single thread both receives and resolves.
    write(
        site,
        "recursor.conf",
        f"""local-address=127.0.0.1
local-port={site.port}
socket-dir={site.directory}
forward-zones-recurse={ORIGIN}=127.0.0.1:{site.upstream}
dont-query=
dnssec=off
threads=1
pdns-distributes-queries=no
max-cache-entries={_CACHE_ENTRIES}
max-packetcache-entries={_CACHE_ENTRIES}
quiet=yes
disable-syslog=yes
daemon=no
write-pid=no
security-poll-suffix=
""",
    )
    return [["pdns_recursor", f"--config-dir={site.directory}"]]


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
    recursion yes;
    dnssec-validation no;
    max-cache-size {_CACHE_MIB}m;
}};
controls {{ }};
zone "{ORIGIN}" {{ type forward; forward only; forwarders {{ 127.0.0.1 port {site.upstream}; }}; }};
""",
    )
    return [["named", "-g", "-n", "1", "-c", config]]


# In the order of the report.
RESOLVERS = {
    "echo": SERVERS["echo"],
    "strata": Server(_strata, targets=("//standalone:strata",)),
    "split": Server(_split, targets=("//frontend", "//cache", "//recursor")),
    "unbound": Server(_unbound, programs=("unbound",)),
    "pdns": Server(_recursor, programs=("pdns_recursor",)),
    "bind": Server(_bind, programs=("named",)),
    "dnsdist": Server(_dnsdist, programs=("dnsdist", "unbound")),
}
