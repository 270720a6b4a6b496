# A test that starts our binaries.
#
# SPDX-License-Identifier: Apache-2.0
"""cluster_test: a GoogleTest in NAME.cc that drives the binaries from outside."""

load("@rules_cc//cc:defs.bzl", "cc_test")

def cluster_test(name, deps = [], data = [], shard_count = None, timeout = None, tags = []):
    """Declares the test NAME with source NAME.cc.

    Args:
      name: of the test and its source.
      deps: libraries beside the fixture in tests/cluster.
      data: files beside our binaries.
      shard_count: for a test of many cases that mostly wait.
      timeout: for a test that takes long; "moderate" by default.
      tags: "exclusive" for a test that needs all CPUs for itself.
    """
    cc_test(
        name = name,
        size = "medium",
        srcs = [name + ".cc"],
        data = [
            "//authority",
            "//cache",
            "//frontend",
            "//recursor",
            "//standalone:strata",
            "//zonec",
        ] + data,
        shard_count = shard_count,
        timeout = timeout,
        # The processes are not built with the test's sanitizer, and the load is made for optimised ones.
        tags = [
            "no-sanitizer",
            "no-tsan",
        ] + tags,
        deps = [
            "//dns:message",
            "//dns:rr_type",
            "//tests/cluster",
            "//tests/cluster:dns_client",
            "//tests/cluster:files",
            "//tests/cluster:process",
            "//tests/cluster:query_load",
            "//tests/upstream",
            "//tests/upstream:scripted_answer",
            "@sys//:absl",
            "@sys//:gmock",
        ] + deps,
    )
