# Zone compilers and checkers beside each other.
#
# SPDX-License-Identifier: Apache-2.0
"""Times what reads a master file once and says whether it is good."""

import os
import pathlib
import statistics
import subprocess
import time
from typing import Callable, NamedTuple

from bench.report import format_table
from bench.servers import compile_command
from bench.tld_zone import write_tld_zone
from bench.zone_generator import ORIGIN

REFERENCES = ("kzonecheck", "named-compilezone")
OURS = "zonec"
# What ours says of one of its phases.
PARSER = "zonec, parser alone"


class Compiler(NamedTuple):
    """A program that reads a zone; those that only check write nothing."""

    command: Callable[[pathlib.Path, pathlib.Path, pathlib.Path], list[str]]
    programs: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


# Each is called with our bazel-bin, the master file, and where to write.
COMPILERS = {
    OURS: Compiler(
        lambda binaries, zone, out: compile_command(binaries, zone, out) + ["--stats"],
        targets=("//zonec",),
    ),
    # Its default would look names outside the zone up on the network.
    "named-compilezone": Compiler(
        lambda _, zone, out: ["named-compilezone", "-i", "local", "-F", "raw", "-o", str(out), ORIGIN, str(zone)],
        programs=("named-compilezone",),
    ),
    "kzonecheck": Compiler(
        lambda _, zone, out: ["kzonecheck", "-o", ORIGIN, str(zone)],
        programs=("kzonecheck",),
    ),
    "nsd-checkzone": Compiler(
        lambda _, zone, out: ["nsd-checkzone", ORIGIN, str(zone)],
        programs=("nsd-checkzone",),
    ),
}


class Run(NamedTuple):
    """One run of one program."""

    user_seconds: float
    system_seconds: float
    peak_bytes: int
    elapsed_seconds: float


def compile_all(names: list[str], binaries: pathlib.Path, zone: pathlib.Path, rounds: int, log) -> dict[str, list[Run]]:
    """Runs each program once a round. Raises RuntimeError with its output if one finds fault with the zone."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            log(f"round {number + 1} of {rounds}: {name}")
            out = zone.with_suffix(f".{name}.out")
            output = zone.with_suffix(f".{name}.log")
            runs[name].append(_run(COMPILERS[name].command(binaries, zone, out), output))
            if name == OURS:
                runs.setdefault(PARSER, []).append(parse_phase(output.read_text(errors="replace")))
            out.unlink(missing_ok=True)
    return runs


def parse_phase(output: str) -> Run:
    """What --stats printed of reading and parsing: seconds, CPU seconds and MiB."""
    phases = {line.split()[0]: [float(number) for number in line.split()[1:]]
              for line in output.splitlines() if line.startswith(("read ", "parse "))}
    (read, read_cpu, _), (parse, parse_cpu, peak) = phases["read"], phases["parse"]
    return Run(read_cpu + parse_cpu, 0, int(peak * 2**20), read + parse)


def growth(binaries: pathlib.Path, work: pathlib.Path, sizes: list[int], rounds: int, log) -> list[list[str]]:
    """Our compiler on zones of growing size: a row each."""
    rows = []
    for size in sizes:
        zone = work / f"growth.{size}.zone"
        count = write_tld_zone(zone, size)
        runs = compile_all([OURS], binaries, zone, rounds, log)[OURS]
        zone.unlink()
        user = statistics.median(run.user_seconds for run in runs)
        rows.append([
            f"{count}",
            f"{user:.2f}",
            f"{user / count * 1e9:.0f}",
            f"{statistics.median(run.peak_bytes for run in runs) / 2**20:.0f}",
        ])
    return rows


def _run(command: list[str], log: pathlib.Path) -> Run:
    start = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}:\n{tail}")
    return Run(usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024, time.monotonic() - start)


def compile_table(runs: dict[str, list[Run]]) -> str:
    """Medians over the rounds, and of the ratios in each round."""
    rows = []
    for name, of_program in runs.items():
        user = [run.user_seconds for run in of_program]
        rows.append([
            name,
            f"{statistics.median(user):.2f}",
            *(_ratio(user, runs.get(reference, [])) for reference in REFERENCES),
            f"{statistics.median(run.system_seconds for run in of_program):.2f}",
            f"{statistics.median(run.elapsed_seconds for run in of_program):.2f}",
            f"{statistics.median(run.peak_bytes for run in of_program) / 2**20:.0f}",
        ])
    header = ["program", "user s", *(f"/{reference}" for reference in REFERENCES), "system s", "elapsed s", "peak MiB"]
    return format_table(header, rows)


def _ratio(user: list[float], reference: list[Run]) -> str:
    if not reference:
        return "-"
    return f"{statistics.median(u / r.user_seconds for u, r in zip(user, reference)):.2f}"


def growth_table(rows: list[list[str]]) -> str:
    """Of growth()."""
    return format_table(["records", "user s", "ns/record", "peak MiB"], rows)
