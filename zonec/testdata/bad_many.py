# What goes wrong is left out, and so, without a word, is what depends on it.
networks = {"a": "192.0.2.%d", "b": "198.51.100." + 0}
first = networks["a"] % 1
second = networks["b"] % 1
third = networks["c"] % 1
size = len(unknown)

zone = [
    SOA("bad.example", "ns.bad.example", "root.bad.example", serial=unknown_serial),
    NS("bad.example", "ns." + size),
    A("first.bad.example", first),
    A("second.bad.example", second),
    A("bad.example", "::1"),
]
for n in range(size):
    zone.append(A("host%d.bad.example" % n, first))
for n in range(3):
    address = networks["a"] % (100 // n)
    zone.append(A("host%d.bad.example" % n, address, ttl=-1))
zone += [TXT("bad.example", texts[0]), MX("bad.example", 10)] + [5]
