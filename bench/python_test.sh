#!/bin/sh
# Runs the unittest module named by the argument, e.g. bench.report_test, from the runfiles.
#
# SPDX-License-Identifier: Apache-2.0
exec /usr/bin/python3 -B -m unittest "$@"
