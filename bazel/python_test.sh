#!/bin/sh
# Runs one file of unittest cases, from the workspace root of the test's runfiles.
#
# SPDX-License-Identifier: Apache-2.0
exec /usr/bin/python3 -B -m unittest "$1"
