"""Checks of the tree's habits that no compiler or formatter makes. Each takes a file and yields complaints.

What a check must let pass, and why, stands in EXCEPTIONS; an exception that is no longer needed is a
complaint too.
"""
# SPDX-License-Identifier: Apache-2.0

import dataclasses
import fnmatch
import os
import re

# (check, path) → the reason.
EXCEPTIONS = {
    ("test", "frontend/frontend_process.cc"): "a process from its start to SIGTERM: //tests runs it as people do",
    ("test", "standalone/standalone_process.cc"): "a process from its start to SIGTERM: //tests runs it as people do",
    ("test", "base/config_reader.cc"): "a step of LoadConfigFile(): config_file_test",
    ("test", "base/config_scalar.cc"): "a step of LoadConfigFile(): config_file_test",
    ("test", "base/yaml_document.cc"): "a step of LoadConfigFile(): config_file_test",
    ("test", "base/http_connections.cc"): "a part of AdminServer: admin_server_test",
    ("test", "base/flag_listing.cc"): "a step of ParseCommandLine(): command_line_test",
    ("test", "authority/operator_requests.cc"): "a part of SnapshotStore: snapshot_store_test",
    ("test", "authority/zone_restoration.cc"): "a part of SnapshotStore: snapshot_store_restart_test",
    ("test", "authority/authority_process.cc"): "a process from its start to SIGTERM: //tests runs it as people do",
    ("test", "cache/cache_process.cc"): "a process from its start to SIGTERM: //tests runs it as people do",
    ("test", "frontend/net/listen_options.cc"): "what sockets are opened with: listen_sockets_test, handed_sockets_test",
    ("test", "frontend/net/stream_connection.cc"): "a step of StreamTable: tcp_listener_test",
    ("test", "frontend/net/stream_listener.cc"): "accepts for StreamTable: tcp_listener_test",
    ("test", "frontend/net/stream_table.cc"): "as it is used, with real connections: tcp_listener_test, tcp_framing_fuzz",
    ("test", "frontend/backends/client_stream.cc"): "a template, tested as what it is made into: backend_stream_test, cache_stream_test",
    ("test", "recursor/core/forward_query.cc"): "a step of Forwarder::Ask(): forwarder_test",
    ("test", "recursor/core/pending_question.cc"): "a step of Forwarder::Ask(): forwarder_test",
    ("test", "recursor/core/server_probes.cc"): "a step of Forwarder::Ask(): forwarder_test",
    ("test", "recursor/core/resolver_loop.cc"): "a thread of Resolver: forwarding_resolver_test",
    ("test", "recursor/recursor_process.cc"): "a process from its start to SIGTERM: //tests runs it as people do",
}

# The most lines a file may have. The first pattern that fits counts; tests may be as long as it takes.
LINE_LIMITS = (
    ("*_test.cc", None),
    ("*_fuzz.cc", None),
    ("*_benchmark.cc", None),
    ("*.cc", 400),
    ("*.h", 250),
    ("README.md", 100),
    ("docs/architecture.md", 150),
)

# Words that say nothing about what a class or a file is.
EMPTY_WORDS = ("Impl", "Manager", "Util", "Utils", "Helper", "Helpers", "Common", "Data", "Info")

# What C++ files may not say, and what to say in its place.
BANNED_TOKENS = {
    "std::string_view": "absl::string_view (Debian's Abseil has a string_view of its own, and they do not convert)",
    "absl::optional": "std::optional",
    "absl::variant": "std::variant",
    "absl::Mutex": "std::mutex (the only one that TSan can see here)",
    "using namespace": "the names themselves, or a using-declaration",
}

# Folders whose .cc files need no test of the same name: they are tests or for tests, or the build's.
UNTESTED_FOLDERS = re.compile(r"^(bazel|bench|tests)/|(^|/)(testing|testdata)/")


@dataclasses.dataclass(frozen=True)
class File:
    """A file of the tree: its path from the root, and its text."""

    path: str
    text: str

    @property
    def stem(self):
        return os.path.splitext(os.path.basename(self.path))[0]

    def is_cpp(self):
        return self.path.endswith((".cc", ".h"))

    def is_script(self):
        return self.text.startswith("#!")


def check_length(file, _):
    """A long file has a second idea in it, which deserves a name of its own."""
    for pattern, limit in LINE_LIMITS:
        if fnmatch.fnmatchcase(file.path, pattern):
            lines = file.text.count("\n")
            if limit is not None and lines > limit:
                yield f"{lines} lines, of {limit} at most: split it by noun"
            return


def check_names(file, _):
    """Names of classes and files say what the thing is."""
    if file.path.endswith((".cc", ".h", ".proto", ".py", ".bzl")):
        last = re.sub(r"_(test|fuzz|benchmark)$", "", file.stem).split("_")[-1]
        if last.capitalize() in EMPTY_WORDS:
            yield f"the file name ends in '{last}', which says nothing: name what it is"
    if not file.is_cpp():
        return
    for number, line in enumerate(file.text.splitlines(), 1):
        match = re.match(r"\s*(?:class|struct|enum class|enum|union)\s+(\w+)(?:\s+final)?\s*(?::[^:]|\{|$)", line)
        if match and match.group(1).endswith(EMPTY_WORDS):
            yield f"line {number}: the name {match.group(1)} ends in an empty word: name what it is"


def check_head(file, _):
    """The licence is stated where a reader looks; a header begins by saying what it is."""
    lines = file.text.split("\n")
    if file.is_cpp():
        head = []
        for line in lines:
            if not line.startswith("//"):
                break
            head.append(line)
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in head):
            yield "the comment at the top lacks '// SPDX-License-Identifier: Apache-2.0'"
        if file.path.endswith(".h") and (not head or "SPDX" in head[0]):
            yield "the first line must be a comment that says what the file is"
    elif file.path.endswith((".py", ".proto")) or file.is_script():
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in lines[:40]):
            yield "lacks an 'SPDX-License-Identifier: Apache-2.0' comment near the top"


def check_include_guard(file, _):
    """Guards follow from the path, so that no two are the same."""
    if file.path.endswith(".h"):
        guard = "STRATA_" + re.sub(r"\W", "_", file.path).upper() + "_"
        if f"#ifndef {guard}\n#define {guard}\n" not in file.text:
            yield f"the include guard must be {guard}"


def check_tokens(file, _):
    """Two ways to say the same do not mix."""
    if not file.is_cpp():
        return
    for number, line in enumerate(file.text.splitlines(), 1):
        code = line.split("//")[0]
        for token, instead in BANNED_TOKENS.items():
            if token in code:
                yield f"line {number}: '{token}': use {instead}"


def check_has_test(file, paths):
    """Every .cc has its test beside it."""
    if not file.path.endswith(".cc") or UNTESTED_FOLDERS.search(file.path):
        return
    if file.stem == "main" or file.stem.endswith(("_test", "_fuzz", "_benchmark")):
        return
    test = file.path[: -len(".cc")] + "_test.cc"
    if test not in paths:
        yield f"has no test beside it: {os.path.basename(test)}"


CHECKS = {
    "length": check_length,
    "name": check_names,
    "head": check_head,
    "guard": check_include_guard,
    "token": check_tokens,
    "test": check_has_test,
}


def check_all(files, exceptions=None):
    """Yields 'path: complaint [check]' for all files."""
    exceptions = EXCEPTIONS if exceptions is None else exceptions
    paths = {file.path for file in files}
    unused = set(exceptions)
    for file in files:
        for name, check in CHECKS.items():
            for complaint in check(file, paths):
                if (name, file.path) in exceptions:
                    unused.discard((name, file.path))
                else:
                    yield f"{file.path}: {complaint} [{name}]"
    for name, path in sorted(unused):
        yield f"{path}: needs its exception from [{name}] no more; remove it from tools/repository_checks.py"
