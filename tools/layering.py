"""Which folder may link which: the rules, and the check of a dependency graph against them.

A rule speaks of everything a target reaches, not only of its direct dependencies. What a target
merely runs or reads (`data`, tools) is no link and is free: tests/ runs every binary.
"""
# SPDX-License-Identifier: Apache-2.0

import collections
import dataclasses
import xml.etree.ElementTree as ElementTree

# Patterns: "//x/..." is a folder with all below it, "//x:y" one target, "@sys//..." all system libraries.
_ANY_LIBRARY = "@sys//..."
_SERVICE = ("//proto/...", "//dns/...", "//base/...", _ANY_LIBRARY)

# What a folder may reach beside itself. A folder that is missing here may not hold C++ at all.
RULES = {
    "dns": ("//base:status_macros", "@sys//:absl", "@sys//:xxhash"),
    "base": ("//proto/health/...", "//proto/status/...", _ANY_LIBRARY),
    "proto": ("@sys//:protobuf", "@sys//:grpcpp"),
    "zonec": ("//proto/snapshot/...", "//dns/...", "//base/...", _ANY_LIBRARY),
    "frontend": _SERVICE,
    "authority": _SERVICE + ("//zonec/snapshot/...",),
    "cache": _SERVICE,
    "recursor": _SERVICE,
    "control": _SERVICE,
    "standalone": _SERVICE + ("//frontend/...", "//authority/...", "//cache/...", "//recursor/...", "//zonec/..."),
    "tests": _SERVICE,
    "bench": _SERVICE,
    "bazel": (),
}

# What tests, and libraries made for them, may reach besides: never another service.
_TESTS_EVERYWHERE = ("@sys//:gmock", "@sys//:benchmark", "//base/testing/...", "//bazel/...")
TEST_RULES = {
    "dns": ("//base/...",),
    "authority": ("//zonec/...",),  # Compiles its test zones.
}


# Label attributes that link nothing into the target.
_NO_LINK = {"data", "tools", "exec_tools", "toolchains", "visibility", "expected", "tests", "compatible_with"}


@dataclasses.dataclass(frozen=True)
class Target:
    """A node of the graph. `links`: labels that become part of it; `cc`: a C++ rule; `test`: only for tests."""

    links: tuple = ()
    cc: bool = True
    test: bool = False


@dataclasses.dataclass(frozen=True)
class Violation:
    """A forbidden link: the folder whose rule is broken, and the labels from its target to what it must not reach."""

    folder: str
    path: tuple

    def __str__(self):
        if len(self.path) == 1:
            return f"{self.path[0]}: folder {self.folder}/ has no layering rule; add it to tools/layering.py"
        last = self.path[-1]
        allowed = ", ".join(RULES[self.folder]) or "nothing"
        steps = "\n".join(f"    -> {label}" for label in self.path[1:])
        return f"{self.folder}/ must not depend on {last}. It may use itself and: {allowed}\n    {self.path[0]}\n{steps}"


def folder_of(label):
    """The top-level folder of a label of this workspace; None for another repository's, or the root's."""
    if not label.startswith("//"):
        return None
    return label[2:].split(":")[0].split("/")[0] or None


def matches(label, pattern):
    """Whether `label` is in `pattern`, as Bazel's own patterns go."""
    if not pattern.endswith("/..."):
        return label == pattern
    prefix = pattern[: -len("/...")]  # "//dns", "@sys/"
    return label.startswith((prefix + ":", prefix + "/"))


def read_graph(xml):
    """Makes the graph, label → Target, of what `bazel query --output=xml` printed."""
    graph = {}
    for rule in ElementTree.fromstring(xml).iter("rule"):
        links, testonly = set(), False
        for attribute in rule:
            name = attribute.get("name")
            if attribute.tag == "boolean" and name == "testonly":
                testonly = attribute.get("value") == "true"
            elif attribute.tag == "label" and name not in _NO_LINK and not name.startswith(("$", ":")):
                links.add(attribute.get("value"))
            elif attribute.tag == "list" and name not in _NO_LINK:
                links.update(label.get("value") for label in attribute.iter("label"))
        name, kind = rule.get("name"), rule.get("class")
        links.discard(name)
        # The query does not show a package's default_testonly; every `testing` folder has it.
        is_test = testonly or kind.endswith("_test") or "/testing:" in name
        graph[name] = Target(links=tuple(sorted(links)), cc=kind.startswith("cc_"), test=is_test)
        for output in rule.iter("rule-output"):
            graph[output.get("name")] = Target(links=(name,), cc=False, test=is_test)
    # A target's own source files are part of it, not steps beyond it.
    return {
        name: dataclasses.replace(target, links=tuple(
            link for link in target.links if link in graph or link.split(":")[0] != name.split(":")[0]))
        for name, target in graph.items()
    }


def check(graph):
    """Returns the violations in `graph`, a dict of label → Target; one for each folder and target it must not reach."""
    violations = []
    by_folder = collections.defaultdict(list)
    for label, target in sorted(graph.items()):
        if target.cc and folder_of(label):
            by_folder[folder_of(label)].append(label)
    for folder, labels in sorted(by_folder.items()):
        if folder not in RULES:
            violations.append(Violation(folder, (labels[0],)))
            continue
        allowed = (f"//{folder}/...",) + RULES[folder]
        for_tests = allowed + _TESTS_EVERYWHERE + TEST_RULES.get(folder, ())
        violations += _reach(graph, folder, [label for label in labels if not graph[label].test], allowed)
        violations += _reach(graph, folder, [label for label in labels if graph[label].test], for_tests)
    return violations


def _reach(graph, folder, roots, allowed):
    """Walks breadth first, so that the path in a violation is a shortest one, and not beyond what is forbidden."""
    violations = []
    paths = {label: (label,) for label in roots}
    queue = collections.deque(roots)
    while queue:
        label = queue.popleft()
        for link in graph.get(label, Target()).links:
            if link in paths:
                continue
            paths[link] = paths[label] + (link,)
            if any(matches(link, pattern) for pattern in allowed):
                queue.append(link)
            else:
                violations.append(Violation(folder, paths[link]))
    return violations
