# Builds the example workspace as its owner would: with a Bazel of its own, offline, and with make; and runs the commands
# of docs/zones_in_ci.md in it.
#
# The programs are those of this build (--config=prebuilt), so nothing is compiled here but zones.
#
# SPDX-License-Identifier: Apache-2.0
import os
import re
import shutil
import subprocess
import tempfile
import unittest

# The runfiles are links into the source tree.
SOURCE = os.path.dirname(os.path.dirname(os.path.realpath("zonec/zone.bzl")))
PROGRAMS = [os.path.abspath("zonec/zonec"), os.path.abspath("authority/zone_test/zone_test")]
GUIDE = os.path.abspath("docs/zones_in_ci.md")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class ExampleWorkspaceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR"))
        cls.root = os.path.join(cls.temp, "zones")
        shutil.copytree(
            os.path.join(SOURCE, "zonec/examples/workspace"),
            cls.root,
            ignore=shutil.ignore_patterns("bazel-*", "out", "strata_binaries"),
        )
        binaries = os.path.join(cls.root, "strata_binaries")
        os.mkdir(binaries)
        for program in PROGRAMS:
            shutil.copy(program, binaries)
        cls.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("TEST_", "RUNFILES", "BUILD_"))},
            "HOME": cls.temp,
            "PATH": binaries + ":" + os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
        }
        cls.bazel = ["bazel", "--output_user_root=" + os.path.join(cls.temp, "bazel"), "--max_idle_secs=300"]

    @classmethod
    def tearDownClass(cls):
        subprocess.run(cls.bazel + ["shutdown"], cwd=cls.root, env=cls.environment, capture_output=True, check=False)
        # Bazel makes folders read-only.
        subprocess.run(["chmod", "-R", "u+w", cls.temp], check=False)
        shutil.rmtree(cls.temp, ignore_errors=True)

    def run_here(self, *command):
        return subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def run_bazel(self, command, *args):
        flags = ["--config=prebuilt", "--override_repository=strata=" + SOURCE]
        return self.run_here(*self.bazel, command, *flags, *args)

    def path(self, name):
        return os.path.join(self.root, name)

    def change(self, name, before, after):
        """Until the test ends."""
        text = read(self.path(name)).decode()
        self.assertIn(before, text)
        self.write(name, text.replace(before, after))
        self.addCleanup(self.write, name, text)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def test_bazel_and_make_give_the_same(self):
        tested = self.run_bazel("test", "//...")
        self.assertEqual(tested.returncode, 0, tested.stdout)
        self.assertIn("3 tests pass", tested.stdout)
        made = self.run_here("make", "check")
        self.assertEqual(made.returncode, 0, made.stdout)
        for zone in ("example.com.snap", "example.net.snap"):
            self.assertEqual(read(self.path("bazel-bin/zones/" + zone)), read(self.path("out/" + zone)))

    def test_a_broken_zone_fails_the_build(self):
        self.change("zones/example.com.zone", "192.0.2.80", "192.0.2.800")
        message = 'zones/example.com.zone:9:15: error: A: address "192.0.2.800" is not an IPv4 address'
        built = self.run_bazel("build", "//...")
        self.assertEqual(built.returncode, 1)
        self.assertIn(message, built.stdout)
        self.assertIn("\nwww     A     192.0.2.800\n              ^~~~~~~~~~~\n", built.stdout)
        made = self.run_here("make")
        self.assertEqual(made.returncode, 2)
        self.assertIn(message, made.stdout)

    def test_an_included_file_that_is_not_declared_is_not_there(self):
        self.change("zones/BUILD.bazel", 'includes = ["parts/hosts.py"],', "")
        built = self.run_bazel("build", "//zones:example.net")
        self.assertEqual(built.returncode, 1)
        self.assertIn('zones/example.net.py:4:1: error: cannot include "parts/hosts.py"', built.stdout)

    def test_a_wrong_expectation_fails_the_test_and_is_mended_by_update(self):
        right = read(self.path("zones/example.com.answers"))
        self.change("zones/example.com.answers", "    A 192.0.2.80\n\n", "    A 192.0.2.81\n\n")
        tested = self.run_bazel("test", "//...")
        self.assertEqual(tested.returncode, 3)
        message = "zones/example.com.answers:4:5: error: www.example.com. A: the answer is not what is expected\n"
        diff = "  - A 192.0.2.81\n  + A 192.0.2.80\n"
        self.assertIn(message, tested.stdout)
        self.assertIn(diff, tested.stdout)
        self.assertIn("bazel run //zones:example.com_test -- --update", tested.stdout)
        made = self.run_here("make", "check")
        self.assertEqual(made.returncode, 2)
        self.assertIn(message, made.stdout)
        self.assertIn(diff, made.stdout)
        updated = self.run_bazel("run", "//zones:example.com_test", "--", "--update")
        self.assertEqual(updated.returncode, 0, updated.stdout)
        self.assertEqual(read(self.path("zones/example.com.answers")), right)

    def test_the_commands_of_the_guide(self):
        """Each `$ command` of a console block, and below it what it prints. What starts Bazel is tested above."""
        count = 0
        for block in CONSOLE.findall(read(GUIDE).decode()):
            for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, expected = step.partition("\n")
                if command.startswith("bazel "):
                    continue
                count += 1
                with self.subTest(command=command):
                    self.assertEqual(self.run_here("sh", "-c", command).stdout, expected)
        self.assertGreater(count, 7)


if __name__ == "__main__":
    unittest.main()
