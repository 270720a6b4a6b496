# A syntax error ends its statement only, and the program is not run.
zone = [A("a.example", "192.0.2.1"]
name = "never closed


def address(n:
    return 1


def host(n):
    label = = 1
    if n:
        label = )
        return label label
    else:
        number = 5 $ 3
    return 1 / 0


import os
pair = (1,
after = unknown
