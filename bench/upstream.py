# The name server that recursive servers forward to.
#
# SPDX-License-Identifier: Apache-2.0
"""An NSD that serves the zone and counts who asks it."""

import pathlib
import subprocess
import time

from bench.dns_client import ask
from bench.loopback import free_port
from bench.processes import ProcessGroup
from bench.query_generator import Query
from bench.servers import Site, nsd_command
from bench.zone_generator import ORIGIN

_START_SECONDS = 60


class Upstream:
    """Runs until close(). It is on the load's CPU, so that it takes nothing of the measured server's."""

    def __init__(self, master: pathlib.Path, directory: pathlib.Path, binaries: pathlib.Path, cpu: int):
        directory.mkdir()
        self.port = free_port()
        site = Site(self.port, master, pathlib.Path(), directory, binaries)
        # A socket in the file system needs no keys.
        command = nsd_command(site, f"control-enable: yes\n    control-interface: {directory}/control")
        self._config = command[-1]
        self._processes = ProcessGroup([command], cpu, directory / "log", urgent=True)
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self) -> None:
        """Stops it."""
        self._processes.close()

    def queries(self) -> int:
        """How many queries it has had."""
        statistics = subprocess.run(
            ["nsd-control", "-c", self._config, "stats_noreset"], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        return counted_queries(statistics)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while ask(self.port, Query(ORIGIN, "SOA", "hit"), timeout=0.2) is None:
            self._processes.check_alive()
            if time.monotonic() > deadline:
                raise RuntimeError(f"no upstream within {_START_SECONDS} s:\n{self._processes.log_tail()}")
            time.sleep(0.01)


def counted_queries(statistics: str) -> int:
    """The total in the output of `nsd-control stats_noreset`. Raises ValueError if it is not there."""
    for line in statistics.splitlines():
        name, _, value = line.partition("=")
        if name == "num.queries":
            return int(value)
    raise ValueError(f"no num.queries in {statistics!r}")
