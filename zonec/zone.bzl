"""Zones as build targets: checked, compiled, and tested in CI (docs/zones_in_ci.md).

    load("@strata//zonec:zone.bzl", "dns_zone", "dns_zone_test")

    dns_zone(
        name = "example.com",
        src = "example.com.zone",
    )

    dns_zone_test(
        name = "example.com_test",
        answers = "example.com.answers",
        zone = ":example.com",
    )
"""

ZoneInfo = provider("A compiled zone.", fields = {"snapshot": "the File"})

def _add_all(args, flag, values):
    args.add_all(values, format_each = "--%s=%%s" % flag)

# The folders whose files may be included, as zonec is told: by default the zone's own.
def _include_roots(ctx):
    roots = []
    for root in ctx.attr.include_roots:
        # A folder of the package, as it lies in the sandbox (for another repository's, below external/).
        parts = [ctx.label.workspace_root, ctx.label.package, root.strip("/")]
        roots.append("/".join([part for part in parts if part and part != "."]) or ".")
    return roots

# zonec follows no links when it includes files, and Bazel's sandbox is made of links: it gets copies of the files that
# are declared, and no others, each where it lies in the source tree; so messages name them as their authors do.
_COMPILE = """
set -eu
root=$PWD zonec=$1 snapshot=$2 files=$3
shift 3
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
while [ "$files" -gt 0 ]; do
  mkdir -p "$stage/$(dirname "$2")"
  cp -L "$1" "$stage/$2"
  shift 2
  files=$((files - 1))
done
cd "$stage"
"$root/$zonec" compile "--output=$root/$snapshot" "$@"
"""

# Where a file lies in the source tree, or would if it were not generated.
def _staged(file):
    return "external/" + file.short_path[len("../"):] if file.short_path.startswith("../") else file.short_path

def _dns_zone_impl(ctx):
    snapshot = ctx.actions.declare_file(ctx.label.name + ".snap")
    inputs = [ctx.file.src] + ctx.files.includes + ctx.files.previous + ctx.files.parent_ds
    args = ctx.actions.args()
    args.add_all([ctx.executable._zonec, snapshot])
    args.add(len(inputs))
    for file in inputs:
        args.add_all([file.path, _staged(file)])

    # Bazel takes the colours away again when its own output has none.
    args.add("--color=always")
    if ctx.attr.format:
        args.add(ctx.attr.format, format = "--format=%s")
    if ctx.attr.origin:
        args.add(ctx.attr.origin, format = "--origin=%s")
    if ctx.attr.strict:
        args.add("--strict")
    _add_all(args, "include_root", _include_roots(ctx))
    _add_all(args, "define", ["%s=%s" % item for item in sorted(ctx.attr.defines.items())])
    _add_all(args, "error", ctx.attr.error)
    _add_all(args, "warn", ctx.attr.warn)
    _add_all(args, "ignore", ctx.attr.ignore)
    if ctx.file.previous:
        args.add(_staged(ctx.file.previous), format = "--previous=%s")
    if ctx.file.parent_ds:
        args.add(_staged(ctx.file.parent_ds), format = "--parent_ds=%s")
    if ctx.attr.verify_signatures:
        args.add("--verify_signatures")
    if ctx.attr.signature_time:
        args.add(ctx.attr.signature_time, format = "--signature_time=%s")
    args.add(_staged(ctx.file.src))
    ctx.actions.run_shell(
        command = _COMPILE,
        arguments = [args],
        inputs = inputs,
        tools = [ctx.executable._zonec],
        outputs = [snapshot],
        mnemonic = "DnsZone",
        progress_message = "Compiling zone %s" % ctx.label,
    )
    return [
        DefaultInfo(files = depset([snapshot]), runfiles = ctx.runfiles([snapshot])),
        ZoneInfo(snapshot = snapshot),
    ]

dns_zone = rule(
    doc = "Compiles a zone to `name`.snap. An error fails the build; what zonec prints is shown, warnings too.",
    implementation = _dns_zone_impl,
    attrs = {
        "src": attr.label(
            doc = "The zone: a master file or a pyzone, from the tree or generated.",
            allow_single_file = True,
            mandatory = True,
        ),
        "format": attr.string(
            doc = "Its language; by default zonec looks at the file.",
            values = ["", "bind", "pyzone"],
        ),
        "origin": attr.string(doc = "The zone's apex; by default what the SOA record or the file's name says."),
        "includes": attr.label_list(
            doc = "All files that it includes, by themselves or by others.",
            allow_files = True,
        ),
        "include_roots": attr.string_list(
            doc = "Folders that files are included from, relative to the package (\".\": the package); by default " +
                  "the folder of `src`.",
        ),
        "defines": attr.string_dict(doc = "Values that a pyzone reads, by name."),
        "strict": attr.bool(doc = "Warnings are errors."),
        "error": attr.string_list(doc = "Checks whose findings are errors (docs/zone_checks.md)."),
        "warn": attr.string_list(doc = "Checks whose findings are warnings."),
        "ignore": attr.string_list(doc = "Checks that are not made."),
        "previous": attr.label(
            doc = "The snapshot or dns_zone that this one replaces: its serial must have advanced if anything changed.",
            allow_single_file = True,
        ),
        "verify_signatures": attr.bool(doc = "Verifies each signature of a signed zone."),
        "parent_ds": attr.label(
            doc = "A master file with the DS records that the parent has: one must be for a key of the zone.",
            allow_single_file = True,
        ),
        "signature_time": attr.string(
            doc = "The time at which signatures have to be valid. A build that is to be repeated states it.",
        ),
        "_zonec": attr.label(default = Label("//zonec:compiler"), executable = True, allow_single_file = True, cfg = "exec"),
    },
)

_TEST_SCRIPT = """#!/bin/sh
# From the root of the runfiles, where `bazel test` and `bazel run` start; so messages name files as the source tree does.
exec "{program}" {files} "$@"
"""

def _dns_zone_test_impl(ctx):
    zones = ([ctx.attr.zone] if ctx.attr.zone else []) + ctx.attr.zones
    if not zones:
        fail("dns_zone_test %s tests no zone: give it `zone` or `zones`" % ctx.label)
    snapshots = [zone[ZoneInfo].snapshot for zone in zones]
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        output = script,
        content = _TEST_SCRIPT.format(
            program = ctx.executable._zone_test.short_path,
            files = " ".join(["'%s'" % file.short_path for file in [ctx.file.answers] + snapshots]),
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles([ctx.file.answers, ctx.executable._zone_test] + snapshots)
    runfiles = runfiles.merge(ctx.attr._zone_test[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

_dns_zone_test = rule(
    implementation = _dns_zone_test_impl,
    test = True,
    attrs = {
        "answers": attr.label(
            doc = "The questions and what is expected (docs/zones_in_ci.md has the format).",
            allow_single_file = True,
            mandatory = True,
        ),
        "zone": attr.label(doc = "The dns_zone that is asked.", providers = [ZoneInfo]),
        "zones": attr.label_list(doc = "Several that are asked together, as one server answers.", providers = [ZoneInfo]),
        "_zone_test": attr.label(default = Label("//zonec:zone_tester"), executable = True, allow_single_file = True, cfg = "target"),
    },
)

def dns_zone_test(name, answers, zone = None, zones = [], size = "small", **kwargs):
    """Asks compiled zones the questions of a file and compares the answers.

    `bazel run :name -- --update` writes what is answered into that file.

    Args:
      name: the test.
      answers: the questions and what is expected (docs/zones_in_ci.md has the format).
      zone: the dns_zone that is asked.
      zones: several that are asked together, as one server answers.
      size: as in every test.
      **kwargs: as in every test.
    """
    _dns_zone_test(name = name, answers = answers, zone = zone, zones = zones, size = size, **kwargs)
