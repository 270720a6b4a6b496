# A program in the language of pyzones, which is one in Python too: //zonec/pyzone:python_test runs it in both, and
# compares what is in `results`, one by one.
results = []

# Integers: division and remainder go down, not towards zero.
for a in [7, -7, 0, 1, -1, 9223372036854775807]:
    for b in [2, -2, 3, -3, 7, 1, -1, 100]:
        results.append((a, b, a // b, a % b, a / b))
        results.append((a & b, a | b, a ^ b, ~a, a << 0, a >> 1, a >> 70))
results += [2 ** 10, (-2) ** 3, -2 ** 2, 2 ** -1, 0 ** 0, 2 ** 3 ** 2, 1 << 62, +5, - -5, 7 - -3, True + True]
results += [0x10, 0o17, 0b101, 1_000_000, 00, 0xFF & 0x0F, -9223372036854775807 - 1]

# Floats.
for x in [0.0, -0.0, 1.0, -1.5, 0.1, 1e16, 1e15, 123456789.123, 1e-5, 0.0001, 1.5e300, 2.5, 3.5, 1e22, 5e-324]:
    results.append(x)
    results.append((x * 2, x - 1, -x, int(x) if abs(x) < 1e18 else 0, bool(x), x == int(x) if abs(x) < 1e18 else 0))
    results.append("%f|%e|%g|%.2f|%10.3f|%-10.1f|%+.0f|%G" % (x, x, x, x, x, x, x, x))
    results.append(f"{x}|{x:.3f}|{x:e}|{x:g}|{x:10.2f}|{x:<12}|{x:+}|{x:%}|{x:.3}|{x:.10}|{x:,.2f}|{x:_}|{x:012.3f}")
for x in [7.5, -7.5, 0.5, 1.0, -0.25]:
    for y in [2.0, -2.0, 0.3, -1.5]:
        results.append((x // y, x % y, x / y, x ** 2, 2 ** y))
results += [1 / 3, 2 / 1, 10 // 3.0, 1 == 1.0, 0.1 + 0.2, 0.1 + 0.2 == 0.3, .5, 5., 1e3, 1_0.0_1]
results += [9007199254740993 == 9007199254740992.0, 9007199254740993 > 9007199254740992.0, 1 < 1.5, -1 > -1.5]

# Comparisons, logic, conditions.
results += [1 < 2 < 3, 1 < 3 < 2, 1 == 1 == 1, "a" < "b", "a" < "B", [1, 2] < [1, 3], (1,) < (1, 0), [] < [0]]
results += [not 0, not "", not [0], 0 or "x", 1 and 2, None or 0 or [], 1 and 0 or 5, "a" or 1 // 1]
results += [1 in [1, 2], 3 not in (1, 2), "b" in "abc", "" in "abc", "k" in {"k": 1}, 4 in range(0, 10, 2), 5 in range(9, 0, -2)]
results += [None is None, True is True, None is not None, 1 if 2 > 1 else 3, "x" if [] else "y" if 0 else "z"]
results += [1 == True, "1" == 1, None == 0, [1, [2]] == [1, [2]], (1, 2) == [1, 2], {"a": 1} == {"a": 1.0}, b"a" == "a"]
results += [range(3) == range(0, 3), range(0) == range(2, 1), range(0, 3, 2) == range(0, 4, 2), not 1 == 2, not None]

# Strings.
results += ["a" 'b' """c""", 'it\'s', "tab\tnew\nline", r"raw\n", "\x41\u00e9\U0001f600\101\0", "a\
b", "ünï", "quote\"", 'both\'"', "\q"]
results += [b"bytes\xff\0'", rb"\x", b'a' + b'b', b"abc"[1], b"abc"[0:2], bytes([1, 2, 255]), b"%d-%s" % (5, b"x")]
results += ["abc" * 3, 2 * "xy", "x" * 0, "x" * -1, len("äöü"), len(b"\xc3\xa4"), "äöü"[1], "äöü"[::-1], "aäb"[1:]]
s = "0123456789"
for i in [None, 0, 1, -1, 5, -5, 20, -20]:
    for j in [None, 0, 3, -3, 20, -20]:
        for k in [None, 1, 2, -1, -3]:
            results.append(s[i:j:k])
            results.append([0, 1, 2, 3][i:j:k] + list((4, 5, 6)[i:j:k]))
results += [s[3], s[-1], s[2:], s[:2], s[:], s[::3], list(range(10)[2:8:2]), range(10)[-1], list(range(10, 0, -3)[::-1])]
results += ["a,b,,c".split(","), "a,b,c".split(",", 1), "  a  b ".split(), "".split(), "".split(","), " a b c ".split(None, 1)]
results += ["-".join(["a", "b"]), "".join([]), ", ".join(str(i) for i in range(4)), b".".join([b"x", b"y"])]
results += ["AbC".lower(), "AbC".upper(), " x ".strip(), "xxaxx".strip("x"), " x ".lstrip(), " x ".rstrip(), "abab".replace("a", "c")]
results += ["aaa".replace("a", "b", 2), "host1".startswith("host"), "a.com".endswith((".net", ".com")), "abc".find("c"), "abc".find("x")]
results += ["a-b-c".partition("-"), "abc".partition("-"), "banana".count("an"), "42".zfill(5), "-42".zfill(5), "12".isdigit(), "".isdigit()]
results += ["é".encode(), b"\xc3\xa9".decode("utf-8"), "abc".encode("ascii"), "abcabc".rfind("b"), "äbä".find("b"), ord("a"), chr(228)]

# Formats.
for n in [0, 5, -5, 255, 123456789]:
    results.append("%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%i|%s|%r|%.3d|%5.3d" % (n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n))
    results.append(f"{n}|{n:d}|{n:5}|{n:<5}|{n:^7}|{n:>7}|{n:05d}|{n:+d}|{n: d}|{n:x}|{n:#x}|{n:X}|{n:o}|{n:b}|{n:#b}|{n:,}|{n:_}|{n:_x}|{n:*^9}|{n:=+7d}|{n:.2f}|{n:e}|{n:%}")
results += ["%s" % "x", "%s %s" % (1, [2]), "%5s|%-5s|%.2s" % ("ab", "ab", "abc"), "%%", "%c%c" % ("a", 98), "%*d|%-*d|%.*f" % (5, 1, 5, 1, 2, 3.14159)]
results += ["%(a)s-%(b)03d" % {"a": "x", "b": 7}, "%s" % None, "%s" % True, "%r" % "q'", "%d" % 3.99, "%d" % True, "%a" % "é", "%s" % ((1, 2),)]
results += ["{} {}".format(1, "a"), "{1}{0}".format("a", "b"), "{x}-{y:03d}".format(x=1, y=2), "{0[1]} {d[k]}".format([1, 2], d={"k": "v"})]
results += ["{:>{w}}".format("x", w=4), "{{}}".format(), "{!r} {!s} {!a}".format("a", "b", "é"), "{:{}}".format(5, "03d"), "{:.2}".format("abc")]
w, p = 8, 2
results += [f"{w:0{p}d}", f"{3.14159:{w}.{p}f}", f"{'a' 'b'}", f"{{{w}}}", f"{w!r:>5}", f"{[1, 2][0]}", f"{ {'a': 1}['a'] }", f"a{1}b{2}c", f"{w == 8}", rf"\{w}"]
results += [f"{True}", f"{None}", f"{True:d}", f"{'x':>3}", f"{'äö':*^6}", f"{'abc':.2}", f"{(1, 2)}", f"{w if p else 0}", f"{65:c}", f"{'a':05}", f"{w!s:s}"]

# str() and repr().
results += [str([1, "a", None, 1.0, (), (1,), {"k": [b"x"]}]), repr("é\n\x7f\u00a0"), str(1e100), str({}), str(range(3)), repr(range(0, 9, 2)), str(b"x")]
results += [int("42"), int(" -7 "), int("ff", 16), int("0x1f", 16), int("101", 2), int(3.99), int(-3.99), int("1_000"), int("007"), int(True), float("1.5"), float(" -2 "), float("1e3")]
results += [list("abc"), tuple([1, 2]), dict([("a", 1)], b=2), dict(a=1), list({"x": 1, "y": 2}), bool([]), str(), int(), list(b"ab"), list((1,))]

# Lists, tuples, dicts.
a = [3, 1, 2]
b = a
b += [5]
a.append(4)
a.extend(range(2))
a.insert(1, 9)
a.insert(-1, 8)
results += [a, b, a is None, len(a), sorted(a), a[-1], a.index(9), a.count(1), min(a), max(a), sum(a)]
a[0] = "x"
a[-1] += 10
x, y = 1, 2
x, y = y, x
(p, [q, r]) = 1, (2, 3)
results += [a, b, x, y, p, q, r, [*a, *"yz"], (*range(2), 5), {**{"a": 1}, "b": 2}]
d = {"b": 1, "a": 2, 1: "one", (1, 2): "t", None: 0, 2.0: "two", True: "also one"}
d["c"] = 3
d["b"] += 10
d.update({"z": 26})
results += [d, d["b"], d.get("q"), d.get("q", 5), d.get("a"), d[2], d[1.0], list(d), list(d.keys()), list(d.values()), list(d.items()), len(d), d.setdefault("n", 1), d.setdefault("a", 9)]
results += [{"a": 1} | {"a": 2, "b": 3}, sorted(["b", "A", "a"]), sorted([3, 1, 2], reverse=True), sorted(["bb", "a", "cc"], key=len), sorted([(1, "b"), (1, "a"), (0, "z")])]
results += [list(enumerate("ab")), list(enumerate("ab", 1)), list(zip([1, 2, 3], "ab")), list(zip()), list(reversed([1, 2])), list(range(5, 0, -2)), len(range(0, 10, 3)), any([0, 1]), all([])]
results += [min(3, 1, 2), max("a", "b"), min([], default=5), max(["a", "ccc", "bb"], key=len), abs(-5), abs(-2.5), sum([1, 2], 10), sum([0.5, 0.25])]
z = zip("ab", "cd")
results += [list(z), list(z)]

# Comprehensions see the variables around them; their own do not leave them.
name = "example"
n = 3
results += [[name + str(i) for i in range(n)], [i * j for i in range(3) for j in range(i)], [i for i in range(10) if i % 2 if i > 3], {k: v for k, v in [("a", 1), ("b", 2)]}]
i = "kept"
results += [[i for i in range(2)], i, [[j for j in range(k)] for k in range(3)], [k for k in [k for k in range(3)]], sum(k * k for k in range(4)), list(k for k in "ab")]
results += [[x for x in [x, x]], [(lambda_, name) for lambda_ in range(1)], [a_ + b_ for a_, b_ in zip("ab", "cd")], [c for (c, _) in [(1, 2)]], {c: [c for _ in range(2)] for c in "ab"}]


# Functions.
def host(number, zone=name, *rest, ttl=60, **more):
    """Says what it was given."""
    return (number, zone, rest, ttl, more)


def first_even(numbers):
    for number in numbers:
        if number % 2 == 0:
            break
    else:
        return None
    return number


def nothing():
    pass


def uses_file_variables():
    return [name + str(k) + suffix for k in range(n)]


def shadows(name):
    n = 10
    for i in range(2): n += i
    return name, n


def early(x):
    if x < 0: return "negative"
    elif x == 0:
        return "zero"
    else:
        return "positive"


suffix = "!"
results += [host(1), host(1, 2), host(1, 2, 3, 4), host(number=1, ttl=5), host(1, x=1, y=2), host(*[1, 2, 3], **{"ttl": 7, "k": 8}), host(zone=1, number=2)]
results += [first_even([1, 3, 4, 6]), first_even([1, 3]), nothing(), uses_file_variables(), shadows("n"), n, name, early(-1), early(0), early(1)]
results += [[early(v) for v in (-1, 0, 1)], sorted([3, -1, 2], key=abs), sorted(["a", "b"], key=early if 0 else len), (host)(1)[0], host(1)[1].upper().lower()[0:2]]

# Functions without a name, several targets with a star, conditions that hold, items that go.
results += [(lambda: 1)(), (lambda a, *b, c=3, **d: (a, b, c, d))(1, 2, e=5), [f(2) for f in [lambda n: n * k for k in range(3)]]]
first, *rest = [1, 2, 3]
*lead, last = "abc"
one, *none = (1,)
(p, *q), r = [1, 2, 3], 4
results += [first, rest, lead, last, one, none, p, q, r, [a for a, *b in [(1, 2), (3,)]], [b for a, *b in [(1, 2), (3,)]]]
for head, *tail in [(1, 2, 3), "xy"]:
    results.append((head, tail))
assert results
assert 1 < 2, "order"
items = [5, 3, 9, 1]
del items[1], items[-1]
table = {"a": 1, "b": 2, "c": 3}
del table["b"]
table["b"] = 4
results += [items, table, list(table), table.pop("a"), table.pop("a", None), table, table.copy(), len(table)]
items += [7, 2]
items.sort()
results += [items, items.pop(), items.pop(0), items, items.copy(), items.remove(5), items]
items.sort(key=lambda n: -n, reverse=True)
results += [items, items.clear(), items, {}.clear(), dict.fromkeys([3, 1, 3]), dict.fromkeys("aba", 0), list(dict.fromkeys(["x", "y", "x"]))]
results += [list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(map(str, range(3))), list(filter(None, [0, 1, "", "a"])), list(filter(lambda n: n % 2, range(6)))]
results += [hex(255), hex(-1), oct(8), bin(5), bin(-5), hex(True), divmod(7, 2), divmod(-7, 2), divmod(7.5, 2), pow(2, 10), pow(2, -1), -1 << 63]
for n in [0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 1e16, 3]:
    results += [round(n), round(n, 2), round(n, 1), round(n, 0), round(n, None), round(n, 20)]
results += [isinstance(1, int), isinstance(True, int), isinstance(1, bool), isinstance("a", (list, str)), isinstance([], tuple), isinstance(1.0, int), isinstance(b"", bytes), isinstance({}, dict), isinstance(range(1), range)]
for text in ["", "a", "Host-1.example com", "ABC", "abc1", "12", "  ", "a\nb\r\nc\rd", "\n", "a\n\nb\n", "x.y.z"]:
    results += [text.title(), text.capitalize(), text.swapcase(), text.isalpha(), text.isalnum(), text.isspace(), text.islower(), text.isupper()]
    results += [text.removeprefix("a"), text.removesuffix("c"), text.ljust(5), text.rjust(6, "*"), text.center(7, "-"), text.center(8), text.splitlines()]
    results += [text.rsplit("."), text.rsplit(".", 1), text.rpartition("."), text.encode().hex(), bytes.fromhex(text.encode().hex()), text.encode().title()]
results += ["\u00e4".center(6, "\u00fc"), bytes.fromhex(" 00 fF\t10 "), b"ab".center(5, b"."), "\u00e4\nb".splitlines(), sorted(["b", "A", "c"], key=lambda s: s.lower())]
results += [repr("\xad\u200b\u2028\ufeff\U000e0001\ue000 \u3000\u00e4"), repr("\xa1\u20ac")]

# Loops.
for i in range(5):
    if i == 1: continue
    if i == 4: break
    results.append(i); results.append(i * 10)
else:
    results.append("never")
for i, (j, k) in enumerate([(1, 2), (3, 4)]): results.append((i, j, k))
for c in "aé": results.append(c)
for key in {"x": 1}: results.append(key)
grows = [1]
for item in grows:
    if item < 4: grows.append(item + 1)
results.append(grows)
total = 0
for i in range(3):
    for j in range(3):
        if j == 2: break
        total += i * j
    else:
        total += 1000
total -= 1; total *= 3; total //= 2; total %= 100; total **= 2; total |= 1; total ^= 3; total &= 255; total <<= 2; total >>= 1
results.append(total)
long = (1 +
        2  # a comment
        + 3)
longer = 1 + \
    2
results += [long, longer]
if long > 5:
	results.append("tab")

zone = [
    SOA("t", mname="ns.t", rname="root.t", serial=1, refresh=1, retry=1, expire=1, minimum=1),
    NS("t", "ns.other"),
] + [
    TXT("r%d.t" % i, *[repr(result)[k:k + 60].encode() for k in range(0, len(repr(result)), 60)])
    for i, result in enumerate(results)
]
