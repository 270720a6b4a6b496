# The first mistake of the program ends it.
def scaled(n):
    return 100 // n


zone = [A("host%d.example" % n, "192.0.2.%d" % scaled(n)) for n in range(2, -1, -1)]
