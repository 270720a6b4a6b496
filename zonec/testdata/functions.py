# What pyzones have beyond lists of records.
origin = "functions.example"
networks = {"lan": ("192.0.2.", 3), "dmz": ("198.51.100.", 2)}


def name(*labels):
    return ".".join(labels + (origin,))


def host(label, address, ttl=None, **more):
    """An address, and an alias for each of `also`."""
    records = [A(name(label), address, ttl)]
    for alias in more.get("also", []):
        records.append(CNAME(name(alias), name(label)))
    return records


zone = [
    SOA(origin, name("ns1"), name("root"), serial="1H", refresh="1.5D", retry="15m", expire="2W", minimum=300, ttl="1H"),
    NS(origin, name("ns1")),
    MX(origin, exchange=name("ns1")),
    TXT(origin, "v=spf1 -all", b"\xff\x00", ttl="1W"),
    CAA(origin, 0, "issue", "ca.example"),
    HTTPS(origin, 1, ".", "alpn=h2,h3", "port=8443"),
    SSHFP(name("ns1"), 4, 2, b"\x01" * 32),
    RR(name("spot"), "LOC", r"\# 16 00121613800000008000000000989680"),
    A("elsewhere.example", "192.0.2.9"),
]
zone += host("ns1", "192.0.2.1", ttl="1D", also=["www", "ftp"])
for network, (prefix, count) in sorted(networks.items()):
    zone.extend(A(name(f"{network}{i:02d}"), prefix + str(10 + i)) for i in range(count))
