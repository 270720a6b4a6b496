"""Tests of the counting behind the closing line of tools/test."""
# SPDX-License-Identifier: Apache-2.0

import os
import tempfile
import unittest

from tools import build_events


def completed(label, **event):
    return {"id": {"targetCompleted": {"label": label}}, **event}


def summary(label, status):
    return {"id": {"testSummary": {"label": label}}, "testSummary": {"overallStatus": status}}


SUCCESS = {"completed": {"success": True}}


class BuildEventsTest(unittest.TestCase):
    def test_counts_tests_once_and_no_other_targets_that_are_built(self):
        events = [
            completed("//a:lib", **SUCCESS),
            completed("//a:good", **SUCCESS),
            summary("//a:good", "PASSED"),
            completed("//a:flaky", **SUCCESS),
            summary("//a:flaky", "FLAKY"),
            completed("//a:bad", **SUCCESS),
            summary("//a:bad", "FAILED"),
            completed("//a:slow", **SUCCESS),
            summary("//a:slow", "TIMEOUT"),
        ]
        self.assertEqual(build_events.count(events, 3), (2, 2, 0))

    def test_what_cannot_be_built_or_analyzed_has_failed(self):
        events = [
            completed("//a:lib", completed={"failureDetail": {}}),
            completed("//a:test", aborted={"reason": "ANALYSIS_FAILURE"}),
            completed("//a:excluded", aborted={"reason": "SKIPPED"}),
            summary("//a:good", "PASSED"),
        ]
        self.assertEqual(build_events.count(events, 1), (1, 2, 0))

    def test_a_run_that_failed_before_any_target_is_one_failure(self):
        self.assertEqual(build_events.count([], 2), (0, 1, 0))

    def test_what_had_not_run_when_time_was_out_is_told_apart(self):
        events = [
            summary("//a:good", "PASSED"),
            summary("//a:bad", "FAILED"),
            completed("//a:unbuilt", aborted={"reason": "USER_INTERRUPTED"}),
            completed("//a:unrun", **SUCCESS),
            summary("//a:unrun", "NO_STATUS"),
            completed("//a:broken", completed={"failureDetail": {}}),
        ]
        self.assertEqual(build_events.count(events, 124, out_of_time=True), (1, 2, 2))
        self.assertEqual(build_events.count(events[:1], 124, out_of_time=True), (1, 0, 0))
        self.assertEqual(build_events.count(events, 8), (1, 4, 0))

    def test_reads_up_to_where_bazel_was_killed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "events")
            with open(path, "w", encoding="utf-8") as out:
                out.write('{"id": {}}\n{"id": {"test')
            self.assertEqual(list(build_events.read_events(path)), [{"id": {}}])
            self.assertEqual(list(build_events.read_events(path + ".none")), [])


if __name__ == "__main__":
    unittest.main()
