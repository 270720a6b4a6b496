# Starts the processes of a server, and reads what they use from the kernel.
#
# SPDX-License-Identifier: Apache-2.0
"""A server's processes, pinned to one CPU, with the CPU time and memory of the whole process tree."""

import os
import pathlib
import signal
import subprocess
import time

_STOP_SECONDS = 10


class ProcessGroup:
    """Runs commands pinned to `cpu` until close(); use it as a context manager. Output goes to `log`.

    `urgent` processes are run at once on a CPU that they share with a busy one, real-time priorities or not.
    """

    def __init__(self, commands: list[list[str]], cpu: int, log: pathlib.Path, urgent: bool = False):
        self.log = log
        self._roots: list[subprocess.Popen] = []
        try:
            with log.open("wb") as output:
                for command in commands:
                    self._roots.append(_start(command, cpu, output, urgent))
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def check_alive(self) -> None:
        """Raises RuntimeError with the end of the log if a process has ended."""
        for process in self._roots:
            if process.poll() is not None:
                raise RuntimeError(f"{process.args[0]} ended with status {process.returncode}:\n{self.log_tail()}")

    def log_tail(self) -> str:
        """The last lines of the output."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def cpu_seconds(self) -> dict[int, float]:
        """User and system time so far of each process of the tree."""
        times = {}
        for pid in self._tree():
            try:
                times[pid] = time.clock_gettime(_cpu_clock(pid))
            except OSError:
                pass  # it has just ended
        return times

    def pss_bytes(self) -> int:
        """Memory of the tree; what n processes share counts once, in n parts."""
        total = 0
        for pid in self._tree():
            try:
                rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total * 1024

    def close(self) -> None:
        """Ends the processes, politely first."""
        deadline = time.monotonic() + _STOP_SECONDS
        for process in self._roots:
            _signal_group(process, signal.SIGTERM)
        for process in self._roots:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            # Children may outlive the first process of their group.
            _signal_group(process, signal.SIGKILL)
            process.wait()

    def _tree(self) -> list[int]:
        children: dict[int, list[int]] = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                parent = _parent(entry)
                if parent is not None:
                    children.setdefault(parent, []).append(int(entry))
        pids, todo = [], [process.pid for process in self._roots]
        while todo:
            pid = todo.pop()
            pids.append(pid)
            todo.extend(children.get(pid, ()))
        return pids


def _start(command: list[str], cpu: int, output, urgent: bool) -> subprocess.Popen:
    def prepare() -> None:
        os.sched_setaffinity(0, {cpu})
        if urgent:
            _outrank_siblings()

    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=prepare,
    )


def _outrank_siblings() -> None:
    """Under a real-time policy: a priority above that of what is started without this. Fair scheduling needs none."""
    policy = os.sched_getscheduler(0)
    if policy in (os.SCHED_RR, os.SCHED_FIFO):
        priority = os.sched_getparam(0).sched_priority
        highest = os.sched_get_priority_max(policy)
        os.sched_setscheduler(0, policy, os.sched_param(min(priority + 1, highest)))


def _signal_group(process: subprocess.Popen, number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass


def _parent(pid: str):
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return None
    # The command, in parentheses, may hold anything.
    return int(stat[stat.rindex(")") + 2 :].split()[1])


def _cpu_clock(pid: int) -> int:
    """The clock of a process's CPU time, as clock_getcpuclockid(3) makes it: nanoseconds, where /proc has 10 ms."""
    return (~pid << 3) | 2


def busy_seconds(cpu: int) -> float:
    """How long `cpu` has run anything at all, stolen time included."""
    for line in pathlib.Path("/proc/stat").read_text(encoding="ascii").splitlines():
        name, *fields = line.split()
        if name == f"cpu{cpu}":
            user, nice, system, _idle, _iowait, irq, softirq, steal = (int(field) for field in fields[:8])
            return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
    raise RuntimeError(f"no CPU {cpu}")
