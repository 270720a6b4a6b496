# Starts servers, loads them, and reads what they used.
#
# SPDX-License-Identifier: Apache-2.0
"""Measures servers one at a time, in alternating rounds."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import time
from typing import Callable, NamedTuple, Optional

from bench.agreement import as_recursive, disagreements
from bench.dns_client import ask, ask_all
from bench.dnsperf import dnsperf_command, run_dnsperf
from bench.loopback import free_port
from bench.processes import ProcessGroup, busy_seconds
from bench.query_generator import Query, expected_rcodes
from bench.results import Load, Result
from bench.servers import Site
from bench.upstream import Upstream
from bench.workloads import Queries, Workload, upstream_problem
from bench.zone_generator import ORIGIN

_START_SECONDS = 180
_PROBE_SECONDS = 0.005
# Queries in flight where none may be lost.
_GENTLE_WINDOW = 32


class Plan(NamedTuple):
    """What to measure, and with what."""

    workload: Workload
    servers: list[str]
    windows: list[int]
    rounds: int
    seconds: float
    sample: int
    server_cpu: int
    load_cpu: int
    queries: Queries
    master: pathlib.Path
    pyzone: pathlib.Path
    work: pathlib.Path
    binaries: pathlib.Path


Log = Callable[[str], None]


def measure(plan: Plan, log: Log) -> dict[str, Result]:
    """Checks what each server answers, then measures all of them round by round."""
    with contextlib.ExitStack() as stack:
        upstream = None
        if plan.workload.recursive:
            upstream = stack.enter_context(
                Upstream(plan.master, plan.work / "upstream", plan.binaries, plan.load_cpu)
            )
        return _Measurement(plan, upstream, log).run()


class _Measurement:
    """All that happens to all servers."""

    def __init__(self, plan: Plan, upstream: Optional[Upstream], log: Log):
        self._plan = plan
        self._upstream = upstream
        self._log = log

    def run(self) -> dict[str, Result]:
        plan = self._plan
        results = {name: Result() for name in plan.servers}
        self._check_all(results)
        for number in range(plan.rounds):
            # Every other round backwards, so that a drift of the machine falls on all alike.
            for name in plan.servers if number % 2 == 0 else reversed(plan.servers):
                self._log(f"round {number + 1} of {plan.rounds}: {name}")
                self._measure_round(name, results[name])
        return results

    def _check_all(self, results: dict[str, Result]) -> None:
        sample = self._plan.queries.first[: self._plan.sample]
        reference = None
        if self._upstream is not None:
            # Who forwards is to say what it was told.
            reference = [as_recursive(answer) for answer in ask_all(self._upstream.port, sample)]
        # The reference first: the others are compared with it.
        for name in sorted(results, key=lambda name: name != self._plan.workload.reference):
            if not self._plan.workload.servers[name].is_dns:
                continue
            self._log(f"checking {name}")
            answers = self._check(name, results[name], sample, reference)
            if reference is None and name == self._plan.workload.reference:
                reference = answers
            for problem in results[name].problems:
                self._log(f"  !!! {name}: {problem}")

    def _check(self, name: str, result: Result, sample: list[Query], reference: Optional[list]) -> list:
        recursive = self._plan.workload.recursive
        queries = self._plan.queries
        with self._running(name) as server:
            answers = ask_all(server.port, sample, recursive, self._plan.workload.tcp)
            # Every query once, gently: what is lost here is not the load's fault.
            counted = self._load(server.port, queries.first_file, _GENTLE_WINDOW, timeout_seconds=5)
        result.rcodes = counted["rcodes"]
        result.problems = disagreements(sample, answers, reference, recursive)
        expected = expected_rcodes(queries.first)
        if result.rcodes != expected:
            result.problems.append(f"RCODEs {result.rcodes}, not {expected}")
        if counted["lost"] or counted["unexpected"]:
            result.problems.append(f"{counted['lost']} queries lost, {counted['unexpected']} unexpected answers")
        if counted.get("reconnections"):
            result.problems.append(f"{counted['reconnections']} connections closed that were in use")
        return answers

    def _measure_round(self, name: str, result: Result) -> None:
        plan = self._plan
        # A query that is lost here would not be in a cache afterwards.
        first_window = _GENTLE_WINDOW if plan.workload.recursive else max(plan.windows)
        with self._running(name) as server:
            result.start_seconds.append(server.start_seconds)
            self._load(server.port, plan.queries.first_file, first_window)
            for window in plan.windows:
                load = self._measure_load(server, window)
                result.loads.setdefault(window, []).append(load)
                problem = upstream_problem(plan.workload.upstream(), load)
                if problem and plan.workload.servers[name].is_dns:
                    result.problems.append(f"{window} in flight: {problem}")
                    self._log(f"  !!! {name}: {result.problems[-1]}")
            result.pss_bytes.append(server.processes.pss_bytes())
            server.processes.check_alive()

    def _measure_load(self, server: "_Running", window: int) -> Load:
        plan = self._plan
        seconds = None if plan.workload.unique else plan.seconds
        asked = self._asked_upstream()
        busy, used, start = busy_seconds(plan.server_cpu), server.processes.cpu_seconds(), time.monotonic()
        report = self._load(server.port, plan.queries.files[window], window, seconds)
        elapsed = time.monotonic() - start
        busy = busy_seconds(plan.server_cpu) - busy
        cpu = sum(after - used.get(pid, 0) for pid, after in server.processes.cpu_seconds().items())
        answered = max(1, report["answered"])
        return Load(
            cpu_us=cpu * 1e6 / answered,
            qps=report["qps"],
            latency_us=report["latency_us"],
            answered=answered,
            lost=report["lost"],
            unexpected=report["unexpected"],
            others=max(0.0, busy - cpu) / elapsed,
            upstream=None if asked is None else (self._asked_upstream() - asked) / answered,
        )

    def _asked_upstream(self) -> Optional[int]:
        return None if self._upstream is None else self._upstream.queries()

    def _load(self, port: int, queries, window: int, seconds: Optional[float] = None, timeout_seconds: int = 1) -> dict:
        """Puts a load on the server for some seconds, or until each query was asked once."""
        plan = self._plan
        pin = lambda: os.sched_setaffinity(0, {plan.load_cpu})
        if plan.workload.tcp:
            return run_dnsperf(dnsperf_command(port, queries, window, seconds), pin)
        command = [str(plan.binaries / "bench/udpload"), f"--port={port}", f"--queries={queries}"]
        command += ["--passes=1" if seconds is None else f"--duration={seconds}s"]
        command += [f"--window={window}", f"--timeout={timeout_seconds}s"]
        command += ["--rd"] if plan.workload.recursive else []
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, preexec_fn=pin).stdout)

    def _running(self, name: str) -> "_Running":
        return _Running(self._plan, name, self._upstream.port if self._upstream else 0)


class _Running:
    """A server from its first to its last moment, in a directory of its own."""

    def __init__(self, plan: Plan, name: str, upstream: int):
        self.port = free_port()
        self._workload = plan.workload
        directory = plan.work / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        site = Site(self.port, plan.master, plan.pyzone, directory, plan.binaries, upstream)
        commands = plan.workload.servers[name].prepare(site)
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
            answer = ask(self.port, probe, 0.2, self._workload.recursive, self._workload.tcp)
            if answer is not None and answer.rcode == "NOERROR":
                return
            self.processes.check_alive()
            time.sleep(_PROBE_SECONDS)
        raise RuntimeError(f"no answer within {_START_SECONDS} s:\n{self.processes.log_tail()}")
