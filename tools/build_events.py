"""Counts passed and failed tests in the JSON build events of `bazel test`.

usage: build_events.py FILE BAZEL_EXIT_CODE    prints 'N passed, N failed'

Bazel's own closing line is no base for a count: it leaves out what could not be analyzed, and it is
missing when nothing ran. A result from the cache counts like any other; a target that cannot be
built counts as failed, whether a test or not.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import sys


def count(events, exit_code):
    """Returns (passed, failed) for an iterable of decoded events and the exit code of bazel."""
    passed, failed = set(), set()
    for event in events:
        if "testSummary" in event:
            label = event["id"]["testSummary"]["label"]
            good = event["testSummary"].get("overallStatus") in ("PASSED", "FLAKY")
            (passed if good else failed).add(label)
        elif "targetCompleted" in event.get("id", {}):
            label = event["id"]["targetCompleted"]["label"]
            skipped = event.get("aborted", {}).get("reason") == "SKIPPED"
            if not skipped and not event.get("completed", {}).get("success"):
                failed.add(label)
    if exit_code != 0 and not failed:
        return len(passed), 1  # The build did not get as far as a target: a BUILD file, an option, Bazel itself.
    return len(passed - failed), len(failed)


def read_events(path):
    """Yields the events of a file; one that Bazel never wrote, or wrote half, has those before the break."""
    try:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError):
        return


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print("%d passed, %d failed" % count(read_events(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
