# Gives hostile zones to the real zonec under limits of the operating system. For hostile_*_test.py.
#
# SPDX-License-Identifier: Apache-2.0
import concurrent.futures
import dataclasses
import os
import resource
import subprocess
import tempfile

ZONEC = os.path.abspath("zonec/zonec")
MIB = 1 << 20
# Far more than any case takes, far less than for ever.
CPU_SECONDS = 120
# The most that may be printed for any zone.
MAX_OUTPUT = 512 << 10


@dataclasses.dataclass
class Case:
    """A zone: its text in pieces (a str is written as UTF-8), and what zonec has to make of it."""

    name: str
    text: object
    status: int = 1
    # Octets that must be printed.
    says: str = ""
    # In MiB, everything included.
    memory: int = 128


@dataclasses.dataclass
class Outcome:
    status: int
    output: str
    output_size: int
    memory: int


def write(path, text):
    with open(path, "wb") as file:
        for piece in [text] if isinstance(text, (str, bytes)) else text:
            file.write(piece.encode() if isinstance(piece, str) else piece)


def zonec(arguments, memory, folder="."):
    """Runs zonec; an allocation that goes beyond `memory` octets (and the room that its code takes) fails."""
    # Code, stacks, and what malloc reserves without using it.
    space = memory + 256 * MIB

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    with tempfile.TemporaryFile() as output:
        with subprocess.Popen([ZONEC, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder,
                              preexec_fn=limit) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        size = os.fstat(output.fileno()).st_size
        output.seek(0)
        text = output.read(MAX_OUTPUT).decode(errors="replace")
    return Outcome(process.returncode, text, size, usage.ru_maxrss * 1024)


def _run(case, suffix):
    with tempfile.TemporaryDirectory(dir=os.environ.get("TEST_TMPDIR")) as folder:
        path = os.path.join(folder, "example" + suffix)
        write(path, case.text() if callable(case.text) else case.text)
        return zonec(["compile", "-o", "out.snap", "example" + suffix], case.memory * MIB, folder)


def check(test, cases, suffix):
    """Runs the cases, two at a time."""
    test.assertEqual(len(cases), len({case.name for case in cases}))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda case: _run(case, suffix), cases))
    for case, outcome in zip(cases, outcomes):
        with test.subTest(case=case.name):
            if os.environ.get("HOSTILE_VERBOSE"):
                print(f"{case.name}: {outcome.status}, {outcome.memory // MIB} MiB, {outcome.output_size} octets: "
                      f"{outcome.output[:300]!r}")
            test.assertEqual(outcome.status, case.status, outcome.output[:2000])
            test.assertIn(case.says, outcome.output[:20000])
            test.assertLessEqual(outcome.memory, case.memory * MIB)
            test.assertLessEqual(outcome.output_size, MAX_OUTPUT)
