# What servers are asked to do: the kinds of load that are measured.
#
# SPDX-License-Identifier: Apache-2.0
"""The workloads, each with its servers, its zone and its queries."""

import pathlib
from typing import Callable, NamedTuple, Optional

from bench.query_generator import Query, generate_queries, generate_unique_queries, write_queries
from bench.resolvers import RESOLVERS
from bench.results import Load
from bench.servers import SERVERS, Server
from bench.zone_generator import ORIGIN, Record

OURS = ("strata", "split")

# Without referrals, since there is no one behind them to ask.
WARM_MIX = {"hit": 70, "wildcard": 5, "nodata": 10, "nxdomain": 15}


class Queries(NamedTuple):
    """What is asked. Each load has a file of its own if no query may come twice."""

    # Asked before anything is measured, and checked.
    first: list[Query]
    first_file: pathlib.Path
    # Window -> queries of its load.
    files: dict[int, pathlib.Path]


class Workload(NamedTuple):
    """One kind of load."""

    title: str
    servers: dict[str, Server]
    # What the others are compared with.
    reference: str
    # Of the zone, unless the user says otherwise.
    records: int
    # In the query file; of a load, if `unique`.
    queries: int
    mix: Optional[dict[str, float]] = None
    # Queries have RD set, and there is someone to forward them to.
    recursive: bool = False
    # No query comes twice, so that a load ends with its file.
    unique: bool = False
    # Over persistent TCP connections.
    tcp: bool = False
    # Queries in flight of its loads, unless the user says otherwise.
    windows: str = "128,1"
    # Servers whose cheapest in each round is also what the others are compared with.
    rivals: tuple[str, ...] = ()

    def usable(self, records: list[Record]) -> list[Record]:
        """The records of the zone that this workload can have: what only leads elsewhere has no one to be asked."""
        return [record for record in records if not self.recursive or not _leads_elsewhere(record)]

    def upstream(self) -> Optional[float]:
        """How many queries its servers should ask of others for each that they answer."""
        return (1 if self.unique else 0) if self.recursive else None

    def references(self) -> dict[str, tuple[str, ...]]:
        """What the others are compared with: the title of the comparison, and the servers to take the cheapest of."""
        best = {"best": self.rivals} if self.rivals else {}
        return {self.reference: (self.reference,), **best}

    def make_queries(self, records, count: int, mix, windows: list[int], directory: pathlib.Path) -> Queries:
        """Writes query files of `count` queries each."""
        if not self.unique:
            queries = generate_queries(records, count, mix or self.mix)
            file = _write(queries, directory / "queries")
            return Queries(queries, file, {window: file for window in windows})
        queries = generate_unique_queries(records, count * (1 + len(windows)))
        parts = [queries[start : start + count] for start in range(0, len(queries), count)]
        files = [_write(part, directory / f"queries{i}") for i, part in enumerate(parts)]
        return Queries(parts[0], files[0], dict(zip(windows, files[1:])))


def _leads_elsewhere(record: Record) -> bool:
    return record.type == "CNAME" and not record.fields[0].endswith("." + ORIGIN)


def _write(queries: list[Query], path: pathlib.Path) -> pathlib.Path:
    write_queries(queries, path)
    return path


WORKLOADS: dict[str, Workload] = {
    "authority": Workload("answers from a zone", SERVERS, "nsd", records=150_000, queries=50_000),
    "tcp": Workload(
        "answers from a zone over persistent TCP connections",
        {name: server for name, server in SERVERS.items() if server.is_dns},
        "nsd",
        records=150_000,
        queries=50_000,
        tcp=True,
        windows="512,1",
        rivals=("nsd", "knot", "bind"),
    ),
    "warm": Workload(
        "answers from a warm cache", RESOLVERS, "unbound", records=20_000, queries=10_000, mix=WARM_MIX, recursive=True
    ),
    "miss": Workload(
        "answers that take one query to a server behind",
        {name: server for name, server in RESOLVERS.items() if server.is_dns},
        "unbound",
        records=20_000,
        queries=30_000,
        recursive=True,
        unique=True,
    ),
}


# More queries to others than this, beyond one for each miss, are no stall of the machine.
RESENT = 0.05


def upstream_problem(expected: Optional[float], load: Load) -> Optional[str]:
    """What is wrong with the number of queries to others, if anything.

    What is lost to the client may have been asked or not, and a machine that stands still for 50 ms (as real-time
    processes do when the kernel throttles them) makes servers ask again for all that is in flight.
    """
    if expected is None or load.upstream is None:
        return None
    highest = expected * (1 + load.lost / load.answered)
    if expected * 0.99 <= load.upstream <= highest * (1 + RESENT) + 0.001:
        return None
    return f"asked others {load.upstream:.3f} times for each answer, not {expected:.0f}"
