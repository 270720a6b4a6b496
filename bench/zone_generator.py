# A made-up zone of any size, the same for the same arguments on every machine.
#
# SPDX-License-Identifier: Apache-2.0
"""Generates the records of a zone with the mix of a real one: hosts, mail domains, aliases, delegations, wildcards."""

import random
from typing import Iterator, NamedTuple

ORIGIN = "bench.example"
TTL = 3600

_MAIL_SERVERS = 10
_SHARED_NAME_SERVERS = 20
_HOSTS_PER_RACK = 40
_RACKS_PER_SITE = 25


class Record(NamedTuple):
    """One resource record. `owner` and names in `fields` are absolute and lower case, without the final dot."""

    owner: str
    type: str
    fields: tuple
    ttl: int = TTL


class _Entities:
    """Makes the records of one host, mail domain, ... after another; `number` makes their names unique."""

    def __init__(self, seed: int):
        # Only random() is promised to give the same numbers in every Python version.
        self._random = random.Random(seed).random
        self._number = 0
        self._addresses = 0
        self._hosts: list[str] = []

    def next(self) -> Iterator[Record]:
        """The records of the next entity."""
        self._number += 1
        # A host comes first, since aliases need one.
        dice = self._random() if self._hosts else 0
        for share, make in (
            (0.60, self._host),
            (0.06, self._mail_domain),
            (0.08, self._alias),
            (0.20, self._delegation),
            (0.03, self._wildcard),
        ):
            if dice < share:
                return make()
            dice -= share
        return self._service()

    def _chance(self, probability: float) -> bool:
        return self._random() < probability

    def _pick(self, count: int) -> int:
        return int(self._random() * count)

    def a(self, owner: str, ttl: int = TTL) -> Record:
        self._addresses += 1
        n = self._addresses
        return Record(owner, "A", (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}",), ttl)

    def aaaa(self, owner: str) -> Record:
        self._addresses += 1
        return Record(owner, "AAAA", (f"2001:db8::{self._addresses >> 16:x}:{self._addresses & 0xffff:x}",))

    def _host(self) -> Iterator[Record]:
        rack = len(self._hosts) // _HOSTS_PER_RACK
        # The rack and the site own no records: they are empty non-terminals.
        owner = f"host{self._number}.rack{rack}.site{rack // _RACKS_PER_SITE}.{ORIGIN}"
        self._hosts.append(owner)
        yield self.a(owner, 300 if self._chance(0.3) else TTL)
        if self._chance(0.4):
            yield self.aaaa(owner)
        if self._chance(0.1):
            yield Record(owner, "TXT", (f"asset {self._number}; owner=team-{self._pick(50)}",))

    def _mail_domain(self) -> Iterator[Record]:
        owner = f"domain{self._number}.{ORIGIN}"
        first = self._pick(_MAIL_SERVERS)
        yield Record(owner, "MX", (10, f"mx{first}.{ORIGIN}"))
        yield Record(owner, "MX", (20, f"mx{(first + 1) % _MAIL_SERVERS}.{ORIGIN}"))
        yield Record(owner, "TXT", ("v=spf1 mx -all",))
        yield self.a(owner)

    def _alias(self) -> Iterator[Record]:
        if self._chance(0.1):
            target = f"host{self._number}.elsewhere.example"
        else:
            target = self._hosts[self._pick(len(self._hosts))]
        yield Record(f"www{self._number}.{ORIGIN}", "CNAME", (target,))

    def _delegation(self) -> Iterator[Record]:
        owner = f"child{self._number}.{ORIGIN}"
        kind = self._random()
        if kind < 0.6:
            for server in (f"ns1.{owner}", f"ns2.{owner}"):
                yield Record(owner, "NS", (server,))
                yield self.a(server)
                if self._chance(0.5):
                    yield self.aaaa(server)
        elif kind < 0.8:
            first = self._pick(_SHARED_NAME_SERVERS)
            yield Record(owner, "NS", (f"ns{first}.dns.{ORIGIN}",))
            yield Record(owner, "NS", (f"ns{(first + 1) % _SHARED_NAME_SERVERS}.dns.{ORIGIN}",))
        else:
            yield Record(owner, "NS", (f"ns1.provider{self._pick(30)}.example",))
            yield Record(owner, "NS", (f"ns2.provider{self._pick(30)}.example",))

    def _wildcard(self) -> Iterator[Record]:
        yield self.a(f"*.wild{self._number}.{ORIGIN}")
        if self._chance(0.25):
            yield Record(f"*.wild{self._number}.{ORIGIN}", "TXT", ("any name here",))

    def _service(self) -> Iterator[Record]:
        for _ in range(4):
            yield self.a(f"service{self._number}.{ORIGIN}", 300)


def _apex(entities: _Entities) -> Iterator[Record]:
    yield Record(ORIGIN, "SOA", (f"ns1.{ORIGIN}", f"hostmaster.{ORIGIN}", 2024010101, 3600, 900, 1209600, TTL))
    for server in (f"ns1.{ORIGIN}", f"ns2.{ORIGIN}"):
        yield Record(ORIGIN, "NS", (server,))
        yield entities.a(server)
        yield entities.aaaa(server)
    yield Record(ORIGIN, "MX", (10, f"mx0.{ORIGIN}"))
    yield entities.a(ORIGIN)
    for i in range(_MAIL_SERVERS):
        yield entities.a(f"mx{i}.{ORIGIN}")
    for i in range(_SHARED_NAME_SERVERS):
        yield entities.a(f"ns{i}.dns.{ORIGIN}")
        yield entities.aaaa(f"ns{i}.dns.{ORIGIN}")


def generate_zone(record_count: int, seed: int = 1) -> list[Record]:
    """The zone ORIGIN with at least `record_count` records and a handful more at most; the SOA comes first."""
    entities = _Entities(seed)
    records = list(_apex(entities))
    while len(records) < record_count:
        records.extend(entities.next())
    return records
