# Starts servers, loads them, and reads what they used.
#
# SPDX-License-Identifier: Apache-2.0
"""Measures servers one at a time, in alternating rounds."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
from typing import Callable, NamedTuple, Optional

from bench.agreement import disagreements
from bench.dns_client import ask, ask_all
from bench.processes import ProcessGroup, busy_seconds
from bench.query_generator import Query, expected_rcodes
from bench.results import Load, Result
from bench.servers import REFERENCE, SERVERS, Site
from bench.zone_generator import ORIGIN

_START_SECONDS = 180
_PROBE_SECONDS = 0.005


class Plan(NamedTuple):
    """What to measure, and with what."""

    servers: list[str]
    windows: list[int]
    rounds: int
    seconds: float
    sample: int
    server_cpu: int
    load_cpu: int
    queries: list[Query]
    query_file: pathlib.Path
    master: pathlib.Path
    pyzone: pathlib.Path
    work: pathlib.Path
    binaries: pathlib.Path


Log = Callable[[str], None]


def measure(plan: Plan, log: Log) -> dict[str, Result]:
    """Checks what each server answers, then measures all of them round by round."""
    results = {name: Result() for name in plan.servers}
    reference: Optional[list] = None
    # The reference first: the others are compared with it.
    for name in sorted(plan.servers, key=lambda name: name != REFERENCE):
        if not SERVERS[name].is_dns:
            continue
        log(f"checking {name}")
        answers = _check(plan, name, results[name], reference)
        reference = answers if name == REFERENCE else reference
        for problem in results[name].problems:
            log(f"  !!! {name}: {problem}")
    for number in range(plan.rounds):
        # Every other round backwards, so that a drift of the machine falls on all alike.
        for name in plan.servers if number % 2 == 0 else reversed(plan.servers):
            log(f"round {number + 1} of {plan.rounds}: {name}")
            _measure_round(plan, name, results[name])
    return results


def _check(plan: Plan, name: str, result: Result, reference: Optional[list]) -> list:
    sample = plan.queries[: plan.sample]
    with _Running(plan, name) as server:
        answers = ask_all(server.port, sample)
        # Every query once, gently: what is lost here is not the load's fault.
        counted = _udpload(plan, server.port, window=32, extent="--passes=1", timeout="5s")
    result.rcodes = counted["rcodes"]
    result.problems = disagreements(sample, answers, reference)
    expected = expected_rcodes(plan.queries)
    if result.rcodes != expected:
        result.problems.append(f"RCODEs {result.rcodes}, not {expected}")
    if counted["lost"] or counted["unexpected"]:
        result.problems.append(f"{counted['lost']} queries lost, {counted['unexpected']} unexpected answers")
    return answers


def _measure_round(plan: Plan, name: str, result: Result) -> None:
    with _Running(plan, name) as server:
        result.start_seconds.append(server.start_seconds)
        _udpload(plan, server.port, window=max(plan.windows), extent="--passes=1")
        for window in plan.windows:
            result.loads.setdefault(window, []).append(_measure_load(plan, server, window))
        result.pss_bytes.append(server.processes.pss_bytes())
        server.processes.check_alive()


def _measure_load(plan: Plan, server: "_Running", window: int) -> Load:
    busy, used, start = busy_seconds(plan.server_cpu), server.processes.cpu_seconds(), time.monotonic()
    report = _udpload(plan, server.port, window, f"--duration={plan.seconds}s")
    elapsed = time.monotonic() - start
    busy = busy_seconds(plan.server_cpu) - busy
    cpu = sum(after - used.get(pid, 0) for pid, after in server.processes.cpu_seconds().items())
    return Load(
        cpu_us=cpu * 1e6 / max(1, report["answered"]),
        qps=report["qps"],
        p50_us=report["latency_us"]["p50"],
        p99_us=report["latency_us"]["p99"],
        lost=report["lost"],
        unexpected=report["unexpected"],
        others=max(0.0, busy - cpu) / elapsed,
    )


def _udpload(plan: Plan, port: int, window: int, extent: str, timeout: str = "1s") -> dict:
    command = [str(plan.binaries / "bench/udpload"), f"--port={port}", f"--queries={plan.query_file}"]
    command += [f"--window={window}", extent, f"--timeout={timeout}"]
    pin = lambda: os.sched_setaffinity(0, {plan.load_cpu})
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, preexec_fn=pin).stdout)


class _Running:
    """A server from its first to its last moment, in a directory of its own."""

    def __init__(self, plan: Plan, name: str):
        self.port = _free_port()
        directory = plan.work / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        commands = SERVERS[name].prepare(Site(self.port, plan.master, plan.pyzone, directory, plan.binaries))
        start = time.monotonic()
        self.processes = ProcessGroup(commands, plan.server_cpu, directory / "log")
        try:
            self._wait_until_it_answers(start + _START_SECONDS)
        except BaseException:
            self.processes.close()
            raise
        self.start_seconds = time.monotonic() - start

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.processes.close()

    def _wait_until_it_answers(self, deadline: float) -> None:
        probe = Query(ORIGIN, "SOA", "hit")
        while time.monotonic() < deadline:
            answer = ask(self.port, probe, timeout=0.2)
            if answer is not None and answer.rcode == "NOERROR":
                return
            self.processes.check_alive()
            time.sleep(_PROBE_SECONDS)
        raise RuntimeError(f"no answer within {_START_SECONDS} s:\n{self.processes.log_tail()}")


def _free_port() -> int:
    """A port that is free for UDP and TCP."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp, socket.socket(
            socket.AF_INET, socket.SOCK_DGRAM
        ) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = tcp.getsockname()[1]
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
