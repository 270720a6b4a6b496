"""Counts passed and failed tests in the JSON build events of `bazel test`.

usage: build_events.py FILE BAZEL_EXIT_CODE [--out_of_time]    prints 'N passed, N failed'

Bazel's own closing line is no base for a count: it leaves out what could not be analyzed, and it is
missing when nothing ran. A result from the cache counts like any other; a target that cannot be
built counts as failed, whether a test or not. With --out_of_time Bazel was stopped: what had not run
by then is told apart, and did not fail.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import sys


def count(events, exit_code, out_of_time=False):
    """Returns (passed, failed, not_run) for an iterable of decoded events and the exit code of bazel."""
    passed, failed, not_run = set(), set(), set()
    for event in events:
        if "testSummary" in event:
            label = event["id"]["testSummary"]["label"]
            status = event["testSummary"].get("overallStatus")
            if status in ("PASSED", "FLAKY"):
                passed.add(label)
            elif out_of_time and status in (None, "NO_STATUS", "INCOMPLETE"):
                not_run.add(label)
            else:
                failed.add(label)
        elif "targetCompleted" in event.get("id", {}):
            label = event["id"]["targetCompleted"]["label"]
            reason = event.get("aborted", {}).get("reason")
            if out_of_time and reason in ("USER_INTERRUPTED", "INCOMPLETE"):
                not_run.add(label)
            elif reason != "SKIPPED" and not event.get("completed", {}).get("success"):
                failed.add(label)
    not_run -= passed | failed
    if exit_code != 0 and not failed and not out_of_time:
        return len(passed), 1, 0  # The build did not get as far as a target: a BUILD file, an option, Bazel itself.
    return len(passed - failed), len(failed), len(not_run)


def read_events(path):
    """Yields the events of a file; one that Bazel never wrote, or wrote half, has those before the break."""
    try:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError):
        return


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["--out_of_time"]):
        sys.exit(__doc__)
    passed, failed, not_run = count(read_events(sys.argv[1]), int(sys.argv[2]), len(sys.argv) == 4)
    if len(sys.argv) == 4:
        print(f"out of time: {not_run} or more did not run")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
