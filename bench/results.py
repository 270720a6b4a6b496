# What was measured of each server.
#
# SPDX-License-Identifier: Apache-2.0
"""The figures of a run: one Result per server, with one Load per window and round."""

import statistics
from dataclasses import dataclass, field
from typing import NamedTuple, Optional


class Load(NamedTuple):
    """One load on one server. `others` is the share of the server's CPU that went elsewhere.

    `upstream` is how many queries it asked of others for each that it answered, if it is one that asks.
    """

    cpu_us: float
    qps: float
    # "p50" and "p99", or "mean" where a generator knows no more.
    latency_us: dict[str, float]
    answered: int
    lost: int
    unexpected: int
    others: float
    upstream: Optional[float] = None


@dataclass
class Result:
    """Everything seen of one server; lists have one element per round."""

    rcodes: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    start_seconds: list[float] = field(default_factory=list)
    pss_bytes: list[int] = field(default_factory=list)
    loads: dict[int, list[Load]] = field(default_factory=dict)

    def median(self, window: int, what: str) -> float:
        """The median over the rounds of one figure of Load."""
        return statistics.median(getattr(load, what) for load in self.loads[window])

    def median_latency_us(self, window: int, which: str) -> float:
        """The median over the rounds of one of the latencies."""
        return statistics.median(load.latency_us[which] for load in self.loads[window])
