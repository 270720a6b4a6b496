# A made-up zone like that of a top-level domain, of any size, the same for the same arguments on every machine.
#
# SPDX-License-Identifier: Apache-2.0
"""Delegations: two name servers each, one with glue; every third is signed (DS)."""

import pathlib
import random

from bench.zone_generator import ORIGIN

_HOSTERS = 5000
_WORDS = ("shop", "mail", "x", "example", "corp")


def write_tld_zone(path: pathlib.Path, records: int) -> int:
    """Writes a master file of at least `records` records, and says how many they are. Takes no memory to speak of."""
    # Only random() is promised to give the same numbers in every Python version.
    chance = random.Random(1).random
    with path.open("w", encoding="ascii") as file:
        file.write(
            f"$ORIGIN {ORIGIN}.\n$TTL 86400\n"
            "@ IN SOA a.nic hostmaster.nic 2026010101 1800 900 604800 86400\n"
            "@ NS a.nic\n@ NS b.nic\na.nic A 192.0.2.1\nb.nic A 192.0.2.2\n"
        )
        count, number = 5, 0
        while count < records:
            number += 1
            # In no order: a product with an odd number scatters the numbers.
            name = f"d{number * 2654435761 % 2**32:x}{_WORDS[int(chance() * len(_WORDS))]}"
            file.write(
                f"{name} 86400 IN NS ns1.{name}.{ORIGIN}.\n"
                f"{name} 86400 IN NS ns{number % 4}.hosting{number % _HOSTERS}.net.\n"
                f"ns1.{name} 86400 IN A 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\n"
            )
            count += 3
            if number % 3 == 0:
                file.write(f"{name} 86400 IN DS {number % 65536} 13 2 {int(chance() * 2**48):064x}\n")
                count += 1
    return count
