# The hosts of example.net.
#
# SPDX-License-Identifier: Apache-2.0
hosts = [("ns2", "192.0.2.2"), ("shop", "192.0.2.90")]
