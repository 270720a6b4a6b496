# Wrong records do not end the program: one run finds them all.
def host(label, address):
    return A(label + ".bad.example", address)


zone = [
    SOA("bad.example", "ns.bad.example", "root.bad.example", serial="1H30M"),
    NS("bad.example", 5),
    host("a", "192.0.2.1"),
    host("b", "300.0.2.1"),
    MX("bad.example", 10),
    A("bad..example", "192.0.2.1"),
    A("bad.example", "192.0.2.1", ttl=-1),
    TSIG("bad.example"),
    UINFO("bad.example", "x"),
    ["nested"],
]
TXT("bad.example", "dropped")
