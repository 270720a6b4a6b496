# A zone that is a program: what repeats is written once.
#
# SPDX-License-Identifier: Apache-2.0
include("parts/hosts.py")

zone = [
    SOA("example.net", "ns2.example.net", "hostmaster.example.net", int(defined("SERIAL")),
        "2H", "15M", "2W", "5M", ttl="1H"),
    NS("example.net", "ns2.example.net", ttl="1H"),
    NS("example.net", "ns1.example.com", ttl="1H"),
]
zone += [A(name + ".example.net", address, ttl="1H") for name, address in hosts]
