origin = defined("origin", "a.test")
f = lambda a, *b, c=1, **d: a + c
first, *rest = sorted([f(3), 2, 1], key=lambda n: -n)
assert rest, "none"
t = dict.fromkeys(rest); del t[rest[0]]
rest.sort(reverse=True); rest.pop(); rest.clear()
zone = [SOA(origin, "ns", "root", serial(20260131, 1))] + list(map(lambda n: A(f"h{n}.a.test", "192.0.2.1"), filter(None, range(4))))
