# A process tree is measured as a whole, and gone afterwards.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of processes."""

import os
import pathlib
import tempfile
import time
import unittest

from bench.processes import ProcessGroup, busy_seconds

# A parent that prints its child's ID and waits; the child computes for ever, deaf to SIGTERM.
TREE = ["sh", "-c", "(trap '' TERM; while :; do :; done) & echo $!; wait"]


def is_running(pid):
    """False for a zombie too: init collects it when it likes."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


class ProcessGroupTest(unittest.TestCase):
    """With a shell for a server."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.log = pathlib.Path(directory.name, "log")
        self.cpu = min(os.sched_getaffinity(0))

    def start(self, *commands, urgent=False):
        group = ProcessGroup(list(commands), self.cpu, self.log, urgent)
        self.addCleanup(group.close)
        return group

    def wait_for_log(self):
        while not self.log.read_text().endswith("\n"):
            time.sleep(0.01)
        return self.log.read_text()

    def test_the_time_of_children_counts(self):
        group = self.start(TREE)
        child = int(self.wait_for_log())
        before = group.cpu_seconds()[child]
        while group.cpu_seconds()[child] <= before:
            time.sleep(0.01)
        self.assertEqual(len(group.cpu_seconds()), 2)
        self.assertGreater(group.pss_bytes(), 0)
        self.assertEqual(os.sched_getaffinity(child), {self.cpu})

    def test_an_urgent_process_outranks_others_under_a_real_time_policy_only(self):
        group = self.start(["sh", "-c", "echo started; sleep 1000"], urgent=True)
        self.wait_for_log()
        (pid, *_) = group.cpu_seconds()
        policy, own = os.sched_getscheduler(0), os.sched_getparam(0).sched_priority
        expected = own + 1 if policy in (os.SCHED_RR, os.SCHED_FIFO) else own
        self.assertEqual(os.sched_getscheduler(pid), policy)
        self.assertEqual(os.sched_getparam(pid).sched_priority, expected)

    def test_close_leaves_no_child_behind(self):
        group = self.start(TREE)
        child = int(self.wait_for_log())
        group.close()
        while is_running(child):
            time.sleep(0.01)
        self.assertEqual(group.cpu_seconds(), {})

    def test_early_end_is_reported_with_the_log(self):
        group = self.start(["sh", "-c", "echo no such zone; exit 3"], ["sleep", "1000"])
        with self.assertRaisesRegex(RuntimeError, "(?s)sh ended with status 3:.*no such zone"):
            while True:
                group.check_alive()
                time.sleep(0.01)

    def test_a_command_that_does_not_exist_stops_those_before_it(self):
        with self.assertRaises(FileNotFoundError):
            self.start(["sh", "-c", "sleep 1000"], ["/nonexistent/server"])

    def test_a_cpu_in_use_is_busy(self):
        before = busy_seconds(self.cpu)
        self.start(TREE)
        while busy_seconds(self.cpu) <= before:
            time.sleep(0.01)


if __name__ == "__main__":
    unittest.main()
