# Queries for a generated zone, each of a known kind.
#
# SPDX-License-Identifier: Apache-2.0
"""Makes the queries of a load from the zone's records, so that the right answer's kind is known without any server."""

import pathlib
import random
from typing import Iterable, NamedTuple

from bench.zone_generator import ORIGIN, Record

# Kind of query -> share of the load, in percent.
DEFAULT_MIX = {"hit": 60, "wildcard": 3, "nodata": 12, "nxdomain": 15, "referral": 10}

_ABSENT_TYPES = ("AAAA", "MX", "TXT", "SRV", "CAA")


class Query(NamedTuple):
    """One query; `name` has no final dot."""

    name: str
    type: str
    kind: str


class Expected(NamedTuple):
    """What any correct server answers to a kind of query."""

    rcode: str
    authoritative: bool
    answers: bool


EXPECTED = {
    "hit": Expected("NOERROR", True, True),
    "wildcard": Expected("NOERROR", True, True),
    "nodata": Expected("NOERROR", True, False),
    "nxdomain": Expected("NXDOMAIN", True, False),
    "referral": Expected("NOERROR", False, False),
}


class _QueryMaker:
    """One method per kind; the names it makes up begin with "no-" and are in no generated zone."""

    def __init__(self, records: Iterable[Record], seed: int):
        self._random = random.Random(seed).random
        records = list(records)
        self._cuts = sorted({r.owner for r in records if r.type == "NS" and r.owner != ORIGIN})
        cuts = set(self._cuts)
        own = [r for r in records if not _at_or_below(r.owner, cuts)]
        self._wildcards = [r for r in own if r.owner.startswith("*.") and r.type == "A"]
        self._data = [r for r in own if not r.owner.startswith("*.")]
        self._types: dict[str, set[str]] = {}
        for record in self._data:
            self._types.setdefault(record.owner, set()).add(record.type)
        self._plain_owners = [owner for owner, types in self._types.items() if "CNAME" not in types]

    def _choose(self, items):
        return items[int(self._random() * len(items))]

    def _absent_label(self) -> str:
        return f"no-{int(self._random() * 2**32):x}"

    def hit(self) -> Query:
        record = self._choose(self._data)
        # An alias is followed for an address, as clients ask for it.
        return Query(record.owner, "A" if record.type == "CNAME" else record.type, "hit")

    def wildcard(self) -> Query:
        return Query(self._choose(self._wildcards).owner.replace("*", self._absent_label(), 1), "A", "wildcard")

    def unique(self, number: int) -> Query:
        """A wildcard query whose name no other number gives."""
        return Query(self._choose(self._wildcards).owner.replace("*", f"no-{number}", 1), "A", "wildcard")

    def nodata(self) -> Query:
        owner = self._choose(self._plain_owners)
        return Query(owner, self._choose([t for t in _ABSENT_TYPES if t not in self._types[owner]]), "nodata")

    def nxdomain(self) -> Query:
        parent = self._choose(self._plain_owners) if self._random() < 0.5 else ORIGIN
        return Query(f"{self._absent_label()}.{parent}", "A", "nxdomain")

    def referral(self) -> Query:
        prefix = self._choose(("", "www.", "a.b."))
        return Query(prefix + self._choose(self._cuts), self._choose(("A", "AAAA")), "referral")


def _at_or_below(name: str, cuts: set[str]) -> bool:
    while name:
        if name in cuts:
            return True
        name = name.partition(".")[2]
    return False


def generate_queries(records: Iterable[Record], count: int, mix=None, seed: int = 2) -> list[Query]:
    """`count` queries in random order, the kinds in proportion to `mix` (percentages or any other weights)."""
    mix = mix or DEFAULT_MIX
    maker = _QueryMaker(records, seed)
    dice = random.Random(seed + 1).random
    total = sum(mix.values())
    queries = []
    for _ in range(count):
        at = dice() * total
        for kind, weight in mix.items():
            if at < weight:
                break
            at -= weight
        queries.append(getattr(maker, kind)())
    return queries


def generate_unique_queries(records: Iterable[Record], count: int, seed: int = 2) -> list[Query]:
    """`count` queries for as many names, none of which anyone can have remembered."""
    maker = _QueryMaker(records, seed)
    return [maker.unique(number) for number in range(count)]


def parse_mix(text: str) -> dict[str, float]:
    """"hit=80,nxdomain=20" as a mix. Raises ValueError."""
    mix = {}
    for part in text.split(","):
        kind, equals, weight = part.partition("=")
        if kind not in EXPECTED or not equals or float(weight) < 0:
            raise ValueError(f"{part!r}: not KIND=WEIGHT with a kind of {', '.join(EXPECTED)}")
        mix[kind] = float(weight)
    if sum(mix.values()) <= 0:
        raise ValueError("the weights add up to nothing")
    return mix


def expected_rcodes(queries: Iterable[Query]) -> dict[str, int]:
    """How often each RCODE is the right one."""
    counts: dict[str, int] = {}
    for query in queries:
        rcode = EXPECTED[query.kind].rcode
        counts[rcode] = counts.get(rcode, 0) + 1
    return counts


def write_queries(queries: Iterable[Query], path: pathlib.Path) -> None:
    """Writes "name type" lines."""
    with path.open("w", encoding="ascii") as file:
        for query in queries:
            print(f"{query.name}. {query.type}", file=file)
