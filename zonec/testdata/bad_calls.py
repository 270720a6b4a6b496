# Messages tell the calls that led to a place.
def host(label, address):
    return A(label + ".bad.example", address)


def pair(label, address):
    return [host(label, address), host(label + "-mgmt", adress)]


def alias(label):
    return CNAME(label + ".bad.example", "www.bad.example")


zone = [
    SOA("bad.example", "ns.bad.example", "root.bad.example", serial=1),
    NS("bad.example", "ns.example"),
    *pair("a", "300.0.2.1"),
    *pair("b", "192.0.2.2"),
    alias("www2"),
    host("www2", "192.0.2.3"),
    *[host("w%d" % n, "192.0.2.256") for n in range(100)],
]
