# Tables and JSON from results.
#
# SPDX-License-Identifier: Apache-2.0
"""Shows results as tables for people and as JSON for programs."""

import statistics
from typing import Optional

from bench.results import Result

# More of the server's CPU than this used by others makes a figure doubtful.
NOISY = 0.05


def format_table(header: list[str], rows: list[list[str]]) -> str:
    """Columns as wide as they need to be; the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    lines = []
    for row in [header, ["-" * width for width in widths], *rows]:
        cells = [cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


# The title of a comparison, and the servers to take the cheapest of.
References = dict[str, tuple[str, ...]]


def ratio(results: dict[str, Result], name: str, window: int, references: tuple[str, ...]) -> Optional[float]:
    """CPU per query beside the cheapest reference's: the median of the ratios within each round.

    None if none of the references was measured.
    """
    measured = [results[reference].loads[window] for reference in references if reference in results]
    if not measured:
        return None
    cheapest = (min(load.cpu_us for load in loads) for loads in zip(*measured))
    return statistics.median(ours.cpu_us / theirs for ours, theirs in zip(results[name].loads[window], cheapest))


def load_table(results: dict[str, Result], window: int, references: References) -> str:
    """What each server used and did under one load."""
    loads = [load for result in results.values() for load in result.loads[window]]
    latencies = list(dict.fromkeys(which for load in loads for which in load.latency_us))
    header = ["server", "CPU us/query", "(min-max)", *(f"/{title}" for title in references), "queries/s"]
    header += [f"{which} us" for which in latencies] + ["lost", "others"]
    recursive = any(load.upstream is not None for load in loads)
    if recursive:
        header.append("upstream")
    rows = []
    for name, result in results.items():
        costs = [load.cpu_us for load in result.loads[window]]
        beside = [ratio(results, name, window, of) for of in references.values()]
        others = result.median(window, "others")
        rows.append(
            [
                name,
                f"{result.median(window, 'cpu_us'):.2f}",
                f"{min(costs):.2f}-{max(costs):.2f}",
                *("-" if quotient is None else f"{quotient:.2f}" for quotient in beside),
                f"{result.median(window, 'qps'):.0f}",
                *(f"{result.median_latency_us(window, which):.0f}" for which in latencies),
                str(sum(load.lost for load in result.loads[window])),
                f"{others:.0%}" + ("!" if others > NOISY else ""),
            ]
        )
        if recursive:
            rows[-1].append(f"{result.median(window, 'upstream'):.3f}")
    return format_table(header, rows)


def server_table(results: dict[str, Result]) -> str:
    """What each server needs and answers, whatever the load."""
    rows = []
    for name, result in results.items():
        rcodes = " ".join(f"{rcode}:{count}" for rcode, count in sorted(result.rcodes.items()))
        rows.append(
            [
                name,
                f"{statistics.median(result.start_seconds):.2f}",
                f"{statistics.median(result.pss_bytes) / 2**20:.0f}",
                rcodes or "-",
                "-" if not rcodes else "NO" if result.problems else "yes",
            ]
        )
    return format_table(["server", "start s", "memory MiB", "RCODEs of one pass", "right"], rows)


def text_report(results: dict[str, Result], windows: list[int], references: References) -> str:
    """All tables, and what was wrong with answers."""
    parts = [f"{window} in flight\n{load_table(results, window, references)}" for window in windows]
    parts.append(server_table(results))
    problems = [f"!!! {name}: {problem}" for name, result in results.items() for problem in result.problems]
    if problems:
        parts.append("What is not right:\n" + "\n".join(problems))
    return "\n\n".join(parts)


def json_report(results: dict[str, Result], references: References) -> dict:
    """Everything, round by round."""
    return {
        name: {
            "rcodes": result.rcodes,
            "problems": result.problems,
            "start_seconds": result.start_seconds,
            "pss_bytes": result.pss_bytes,
            "loads": {
                str(window): {
                    "ratios": {title: ratio(results, name, window, of) for title, of in references.items()},
                    "rounds": [load._asdict() for load in loads],
                }
                for window, loads in result.loads.items()
            },
        }
        for name, result in results.items()
    }
