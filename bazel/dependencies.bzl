"""What Strata needs from outside, for its own WORKSPACE and for those of its users.

    load("@strata//bazel:dependencies.bzl", "strata_dependencies")

    strata_dependencies()

Nothing is downloaded: libraries and tools are those of the machine (tools/packages lists Debian's packages).
"""

load("//bazel:pkg_config.bzl", "pkg_config_repository", "system_tools_repository")

def _shim_impl(rctx):
    for file in rctx.path(rctx.attr.root).dirname.readdir():
        rctx.symlink(file, file.basename)

# A folder of bazel/shims as a repository, wherever Strata itself lies.
_shim = repository_rule(
    implementation = _shim_impl,
    attrs = {"root": attr.label(mandatory = True)},
)

# Debian 12's bazel-rules-cc does not load under its bazel-bootstrap 4.2.3; the shim re-exports the
# native C++ rules under the same label. The others are what Bazel would otherwise download.
_SHIMS = [
    "platforms",
    "remote_coverage_tools",
    "rules_cc",
    "rules_java",
    "rules_proto",
]

def strata_dependencies():
    """Declares the repositories that are not there yet: one that a WORKSPACE declares before keeps its place."""
    for name in _SHIMS:
        if not native.existing_rule(name):
            _shim(name = name, root = Label("//bazel/shims/%s:WORKSPACE" % name))
    if not native.existing_rule("sys"):
        pkg_config_repository(
            name = "sys",
            # Libraries that ship without a .pc file: linker names, and a header to check for.
            bare_libs = {
                "grpcpp_reflection": "-lgrpc++_reflection|grpcpp/ext/proto_server_reflection_plugin.h",
                "highwayhash": "-lhighwayhash|highwayhash/sip_hash.h",
            },
            modules = {
                "absl": "absl_strings absl_status absl_statusor absl_flat_hash_map absl_time absl_span absl_cleanup",
                "absl_flags": "absl_flags absl_flags_parse absl_flags_usage absl_flags_config",
                "benchmark": "benchmark",
                "cares": "libcares",
                "gmock": "gmock_main gmock gtest",
                "grpcpp": "grpc++ protobuf",
                "libevent": "libevent_extra libevent_core",
                "openssl": "libcrypto",
                "protobuf": "protobuf",
                "xxhash": "libxxhash",
                "yaml_cpp": "yaml-cpp",
            },
        )
    if not native.existing_rule("systools"):
        system_tools_repository(
            name = "systools",
            tools = [
                "grpc_cpp_plugin",
                "protoc",
            ],
        )

def strata_binaries(path, name = "strata_binaries"):
    """A folder with the programs zonec and zone_test as a repository, for workspaces that do not build them.

    Used with two lines in .bazelrc:

        build --@strata//zonec:compiler=@strata_binaries//:zonec
        build --@strata//zonec:zone_tester=@strata_binaries//:zone_test

    Args:
      path: the folder: absolute, or relative to the workspace.
      name: the repository.
    """
    native.new_local_repository(
        name = name,
        build_file_content = "exports_files([\"zonec\", \"zone_test\"])",
        path = path,
    )
