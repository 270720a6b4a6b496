"""Python tests that need nothing but /usr/bin/python3.

Bazel 4.2's py_test starts through `#!/usr/bin/env python`, a name that Debian 12 does not have.
"""

def python_test(name, srcs = [], data = [], **kwargs):
    """A unittest module as a test.

    Imports start at the workspace root: `from tools import layering`.

    Args:
      name: the test; `name`.py holds its cases.
      srcs: the modules that it imports.
      data: other files and binaries that it needs at run time.
      **kwargs: as in sh_test.
    """
    module = name + ".py"
    native.sh_test(
        name = name,
        srcs = ["//bazel:python_test.sh"],
        args = ["$(rootpath %s)" % module],
        data = [module] + srcs + data,
        **kwargs
    )
