#!/bin/bash
# Compares a command's output with a committed file, or writes it there. See golden_test.bzl.
# usage: golden_test.sh compare|update EXPECTED EXIT_CODE stdout|stderr COMMAND ARG...
#
# SPDX-License-Identifier: Apache-2.0
set -uo pipefail

mode=$1 expected=$2 exit_code=$3 stream=$4
shift 4

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
actual=$folder/$stream

arguments=()
for argument in "$@"; do
  if [ "$argument" = '{output}' ]; then
    actual=$folder/output
    argument=$actual
  fi
  arguments+=("$argument")
done

"${arguments[@]}" >"$folder/stdout" 2>"$folder/stderr" </dev/null
rc=$?
if [ "$rc" != "$exit_code" ]; then
  echo "golden_test: exit code $rc, expected $exit_code: ${arguments[*]}" >&2
  cat "$folder/stdout" "$folder/stderr" >&2
  exit 1
fi
if [ ! -e "$actual" ]; then
  echo "golden_test: no output file was written: ${arguments[*]}" >&2
  exit 1
fi

if [ "$mode" = update ]; then
  cp "$actual" "${BUILD_WORKSPACE_DIRECTORY:?golden_test: start it by bazel run}/$expected" && echo "wrote $expected"
elif ! diff -u --label "$expected" --label "output of ${arguments[0]}" "$expected" "$actual"; then
  label=${TEST_TARGET:-the test}
  echo "golden_test: if the new output is right: bazel run $label.update, and read the diff" >&2
  exit 1
fi
