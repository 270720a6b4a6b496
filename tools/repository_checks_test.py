"""Tests of the repository's checks, one fault each."""
# SPDX-License-Identifier: Apache-2.0

import unittest

from tools import repository_checks
from tools.repository_checks import File

HEAD = "// Names.\n//\n// SPDX-License-Identifier: Apache-2.0\n"


def complaints(*files, exceptions=()):
    return list(repository_checks.check_all(files, dict(exceptions)))


class RepositoryChecksTest(unittest.TestCase):
    def assert_complains(self, check, file, *others):
        found = complaints(file, *others)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(file.path + ":") and found[0].endswith(f"[{check}]"), found)

    def test_accepts_a_proper_pair(self):
        guard = "#ifndef STRATA_DNS_NAME_H_\n#define STRATA_DNS_NAME_H_\n"
        self.assertEqual(
            complaints(
                File("dns/name.h", HEAD + guard + "class Database {\n  struct DataView;\n"),
                File("dns/name.cc", HEAD + "absl::string_view a;  // not std::string_view\n"),
                File("dns/name_test.cc", HEAD + "x\n" * 1000),
                File("dns/main.cc", HEAD),
                File("tests/cluster.cc", HEAD),
                File("tools/x", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"),
            ), [])

    def test_length(self):
        self.assert_complains("length", File("bench/a.cc", HEAD + "x\n" * 398))
        self.assertEqual(complaints(File("bench/a.cc", HEAD + "x\n" * 397)), [])
        self.assert_complains("length", File("README.md", "x\n" * 101))

    def test_names_of_files_and_classes(self):
        self.assert_complains("name", File("bench/name_util_test.cc", HEAD))
        self.assert_complains("name", File("bench/info.proto", HEAD))
        self.assert_complains("name", File("bench/a.cc", HEAD + "class NameHelper final : public Name {\n"))
        self.assert_complains("name", File("bench/a.cc", HEAD + "  struct RecordInfo {\n"))

    def test_head(self):
        self.assert_complains("head", File("bench/a.cc", "// A.\nint a;\n// SPDX-License-Identifier: Apache-2.0\n"))
        self.assertEqual(complaints(File("bench/a.cc", "// SPDX-License-Identifier: Apache-2.0\n")), [])
        guard = "#ifndef STRATA_BENCH_A_H_\n#define STRATA_BENCH_A_H_\n"
        self.assert_complains("head", File("bench/a.h", "// SPDX-License-Identifier: Apache-2.0\n" + guard))
        self.assert_complains("head", File("tools/a", "#!/bin/bash\n"))

    def test_include_guard(self):
        self.assert_complains("guard", File("dns/name.h", HEAD + "#ifndef NAME_H\n#define NAME_H\n"))

    def test_tokens(self):
        self.assert_complains("token", File("bench/a.cc", HEAD + "std::string_view a;\n"))

    def test_missing_test(self):
        self.assert_complains("test", File("dns/name.cc", HEAD), File("base/name_test.cc", HEAD))

    def test_an_exception_lets_one_check_pass_and_may_not_outlive_its_need(self):
        bad = File("dns/name.cc", HEAD + "std::string_view a;\n")
        allowed = {("token", "dns/name.cc"): "calls yaml-cpp"}
        found = complaints(bad, exceptions=allowed)
        self.assertEqual([line[line.rindex("["):] for line in found], ["[test]"])
        self.assertIn("needs its exception", complaints(File("bench/a.cc", HEAD), exceptions=allowed)[0])


if __name__ == "__main__":
    unittest.main()
