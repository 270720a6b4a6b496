# Zone compilers and checkers beside each other.
#
# SPDX-License-Identifier: Apache-2.0
"""Times what reads a master file once and says whether it is good."""

import os
import pathlib
import statistics
import subprocess
from typing import Callable, NamedTuple

from bench.report import format_table
from bench.servers import compile_command
from bench.zone_generator import ORIGIN

REFERENCE = "named-compilezone"


class Compiler(NamedTuple):
    """A program that reads a zone; those that only check write nothing."""

    command: Callable[[pathlib.Path, pathlib.Path, pathlib.Path], list[str]]
    programs: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


# Each is called with our bazel-bin, the master file, and where to write.
COMPILERS = {
    "zonec": Compiler(
        compile_command,
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


def compile_all(names: list[str], binaries: pathlib.Path, zone: pathlib.Path, rounds: int, log) -> dict[str, list[Run]]:
    """Runs each program once a round. Raises RuntimeError with its output if one finds fault with the zone."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            log(f"round {number + 1} of {rounds}: {name}")
            out = zone.with_suffix(f".{name}.out")
            runs[name].append(_run(COMPILERS[name].command(binaries, zone, out), zone.with_suffix(f".{name}.log")))
            out.unlink(missing_ok=True)
    return runs


def _run(command: list[str], log: pathlib.Path) -> Run:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}:\n{tail}")
    return Run(usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024)


def compile_table(runs: dict[str, list[Run]]) -> str:
    """Medians over the rounds."""
    reference = [run.user_seconds for run in runs.get(REFERENCE, [])]
    rows = []
    for name, of_program in runs.items():
        user = [run.user_seconds for run in of_program]
        beside = statistics.median(u / r for u, r in zip(user, reference)) if reference else None
        rows.append(
            [
                name,
                f"{statistics.median(user):.2f}",
                "-" if beside is None else f"{beside:.2f}",
                f"{statistics.median(run.system_seconds for run in of_program):.2f}",
                f"{statistics.median(run.peak_bytes for run in of_program) / 2**20:.0f}",
            ]
        )
    return format_table(["program", "user s", f"/{REFERENCE}", "system s", "peak MiB"], rows)
