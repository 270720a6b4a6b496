# A DNS client that asks one query at a time.
#
# SPDX-License-Identifier: Apache-2.0
"""Asks over UDP or TCP and keeps of an answer what all correct servers have in common."""

import socket
from typing import Optional

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype

from bench.agreement import Answer
from bench.query_generator import Query

_MAX_MESSAGE_BYTES = 4096


# TTLs that were counted down for less than this compare as equal; all in a generated zone are multiples of it.
TTL_GRAIN = 60


def ask(port: int, query: Query, timeout: float, recursive: bool = False, tcp: bool = False) -> Optional[Answer]:
    """The answer to one query; None if there is none in time. A `recursive` query has RD set."""
    message = dns.message.make_query(query.name + ".", query.type, use_edns=0, payload=1232)
    if not recursive:
        message.flags &= ~dns.flags.RD
    reply = (_exchange_tcp if tcp else _exchange_udp)(port, message, timeout)
    return reply and _to_answer(reply, TTL_GRAIN if recursive else 1)


def _exchange_udp(port: int, message: dns.message.Message, timeout: float) -> Optional[dns.message.Message]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        connection.settimeout(timeout)
        try:
            connection.connect(("127.0.0.1", port))
            connection.send(message.to_wire())
            return dns.message.from_wire(connection.recv(_MAX_MESSAGE_BYTES))
        except (TimeoutError, ConnectionRefusedError):
            return None


def _exchange_tcp(port: int, message: dns.message.Message, timeout: float) -> Optional[dns.message.Message]:
    try:
        return dns.query.tcp(message, "127.0.0.1", timeout, port)
    except (dns.exception.Timeout, ConnectionError, EOFError):
        return None


def _to_answer(reply: dns.message.Message, ttl_grain: int) -> Answer:
    records = []
    for rrset in reply.answer:
        owner, ttl = rrset.name.to_text().lower(), _round_up(rrset.ttl, ttl_grain)
        start = f"{owner} {ttl} {dns.rdatatype.to_text(rrset.rdtype)}"
        records += [f"{start} {rdata.to_text().lower()}" for rdata in rrset]
    return Answer(
        dns.rcode.to_text(reply.rcode()),
        bool(reply.flags & dns.flags.AA),
        bool(reply.flags & dns.flags.TC),
        tuple(sorted(records)),
    )


def _round_up(number: int, grain: int) -> int:
    return -(-number // grain) * grain


def ask_all(port: int, queries: list[Query], recursive: bool = False, tcp: bool = False) -> list[Optional[Answer]]:
    """The answers to `queries`, each of which has a connection of its own over TCP."""
    return [ask(port, query, 2, recursive, tcp) for query in queries]
