# Messages tell who included the file, and who called a function of it.
zone = [SOA("bad.example", "ns.x", "root.x"), NS("bad.example", "ns.x")]
include("bad_include.pyzone")
include("bad_include.broken")


def site(name):
    include("bad_include.pyzone")
    return [host(name, 256), host(name, suffix)]


zone += site("east") + [host("west", 300)]
zone += [host("good", 1), told_nothing_of]
