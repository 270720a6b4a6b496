"""Golden files: a command's output compared with a committed file that a person has read."""

def golden_test(name, command, expected, args = [], data = [], exit_code = 0, stderr = False, **kwargs):
    """Fails, with a diff, when the output of `command` is not what the file `expected` holds.

    `bazel run //x:name.update` writes the output of today into that file: read the diff before you
    commit it. The command runs in the workspace root of its runfiles, so that file names in its
    output are the same everywhere.

    Args:
      name: the test; `name`.update is the program that writes the file.
      command: label of the binary.
      expected: the committed file.
      args: of the command; $(rootpath :x) for files of `data`. An argument {output} becomes the path
        of a temporary file, which is then compared instead of the standard output.
      data: files that the command reads.
      exit_code: what the command must exit with.
      stderr: compares what it writes to stderr, instead of to stdout.
      **kwargs: as in sh_test.
    """
    script_args = [
        "$(rootpath %s)" % expected,
        str(exit_code),
        "stderr" if stderr else "stdout",
        "$(rootpath %s)" % command,
    ] + args
    runfiles = [command, expected] + data
    native.sh_test(
        name = name,
        size = kwargs.pop("size", "small"),
        srcs = ["//bazel:golden_test.sh"],
        args = ["compare"] + script_args,
        data = runfiles,
        **kwargs
    )
    native.sh_binary(
        name = name + ".update",
        testonly = True,
        srcs = ["//bazel:golden_test.sh"],
        args = ["update"] + script_args,
        data = runfiles,
        tags = ["manual"],
    )
