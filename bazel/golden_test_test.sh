#!/bin/bash
# Tests that golden_test.sh passes, fails and updates when it should.
#
# SPDX-License-Identifier: Apache-2.0
set -uo pipefail

golden=bazel/golden_test.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf 'hello\n' >"$folder/expected"
failures=0

# expect RC ARG...: golden_test.sh exits with RC.
expect() {
  local want=$1 rc
  shift
  "$golden" "$@" >"$folder/log" 2>&1
  rc=$?
  if [ "$rc" != "$want" ]; then
    echo "exit code $rc instead of $want: golden_test.sh $*"
    cat "$folder/log"
    failures=$((failures + 1))
  fi
}

expect 0 compare "$folder/expected" 0 stdout echo hello
expect 1 compare "$folder/expected" 0 stdout echo goodbye
expect 1 compare "$folder/expected" 0 stdout printf hello
expect 1 compare "$folder/expected" 1 stdout echo hello
expect 0 compare "$folder/expected" 3 stdout bash -c 'echo hello; exit 3'
expect 0 compare "$folder/expected" 0 stderr bash -c 'echo noise; echo hello >&2'
expect 0 compare "$folder/expected" 0 stdout bash -c 'echo noise; echo hello > "$1"' bash '{output}'
expect 1 compare "$folder/expected" 0 stdout bash -c 'echo hello' bash '{output}'
expect 1 compare "$folder/missing" 0 stdout echo hello

export BUILD_WORKSPACE_DIRECTORY=$folder
expect 0 update expected 0 stdout echo goodbye
expect 0 compare "$folder/expected" 0 stdout echo goodbye

[ "$failures" = 0 ]
