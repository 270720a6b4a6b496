# A zone's records as files that servers read.
#
# SPDX-License-Identifier: Apache-2.0
"""Writes records as a master file (RFC 1035 section 5) and as Twisted's pyzone."""

import pathlib
from typing import Iterable

from bench.zone_generator import Record

# Which fields of RDATA are domain names.
_NAME_FIELDS = {"SOA": (0, 1), "NS": (0,), "CNAME": (0,), "MX": (1,)}


def _master_rdata(record: Record) -> str:
    names = _NAME_FIELDS.get(record.type, ())
    quoted = record.type == "TXT"
    return " ".join(
        f"{field}." if i in names else f'"{field}"' if quoted else str(field) for i, field in enumerate(record.fields)
    )


def master_line(record: Record) -> str:
    """One line of a master file, with nothing relative or left out."""
    return f"{record.owner}. {record.ttl} IN {record.type} {_master_rdata(record)}"


def pyzone_line(record: Record) -> str:
    """One call of a pyzone's list."""
    if record.type == "TXT":
        arguments = ", ".join(repr(text.encode()) for text in record.fields)
    else:
        arguments = ", ".join(repr(field) for field in record.fields)
    return f"    {record.type}({record.owner!r}, {arguments}, ttl={record.ttl}),"


def write_master(records: Iterable[Record], path: pathlib.Path) -> None:
    """Writes a master file."""
    with path.open("w", encoding="ascii") as file:
        for record in records:
            print(master_line(record), file=file)


def write_pyzone(records: Iterable[Record], path: pathlib.Path) -> None:
    """Writes a pyzone."""
    with path.open("w", encoding="ascii") as file:
        print("zone = [", file=file)
        for record in records:
            print(pyzone_line(record), file=file)
        print("]", file=file)
