# Load over TCP, by Debian's dnsperf.
#
# SPDX-License-Identifier: Apache-2.0
"""Runs dnsperf over TCP connections that stay open and have several queries in flight each.

Its CPU is the limit before a fast server's is, and it can take a second to start: the CPU time per query is what can be
compared, the rate is not.
"""

import pathlib
import re
import subprocess
from typing import Callable, Optional

# Below what every server allows at a time: NSD 100, BIND 150.
_MAX_CONNECTIONS = 64
_QUERIES_PER_CONNECTION = 16
# What dnsperf calls lost. TCP loses nothing, but a server may stand still on a busy machine.
_TIMEOUT_SECONDS = 5


def connections_of(window: int) -> int:
    """How many connections share `window` queries in flight."""
    return min(_MAX_CONNECTIONS, max(1, window // _QUERIES_PER_CONNECTION))


def dnsperf_command(port: int, queries: pathlib.Path, window: int, seconds: Optional[float]) -> list[str]:
    """The command that asks for some seconds, or each query once."""
    command = ["dnsperf", "-m", "tcp", "-s", "127.0.0.1", "-p", str(port), "-d", str(queries), "-e", "-W", "-T", "1"]
    command += ["-c", str(connections_of(window)), "-q", str(window), "-t", str(_TIMEOUT_SECONDS)]
    return command + (["-n", "1"] if seconds is None else ["-l", str(seconds)])


def run_dnsperf(command: list[str], prepare: Callable[[], None]) -> dict:
    """Runs a command of dnsperf_command(); `prepare` runs in its process first. What it reports, as udpload does."""
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, preexec_fn=prepare)
    return parse_report(finished.stdout)


def parse_report(text: str) -> dict:
    """The figures in what dnsperf prints. Raises ValueError if they are not there."""
    answered = int(_find(r"Queries completed: +(\d+)", text))
    # Interrupted are those whose connection the server has closed.
    lost = sum(int(number) for number in re.findall(r"Queries (?:lost|interrupted): +(\d+)", text))
    rcodes = _find(r"Response codes: +(.*)", text) if answered else ""
    return {
        "answered": answered,
        "lost": lost,
        "unexpected": len(re.findall(r"received a response with an unexpected", text)),
        "qps": float(_find(r"Queries per second: +([\d.]+)", text)),
        "rcodes": {rcode: int(count) for rcode, count in re.findall(r"([A-Z]\w*) (\d+) \(", rcodes)},
        "latency_us": {"mean": float(_find(r"Average Latency \(s\): +([\d.]+)", text)) * 1e6},
        "reconnections": int(_find(r"Reconnections: +(\d+)", text)),
    }


def _find(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"dnsperf printed no {pattern!r}:\n{text}")
    return match.group(1)
