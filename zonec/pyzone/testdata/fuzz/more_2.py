x = "aB.c".title().center(9, "*").rsplit(".", 1)
y = [round(2.675, 2), divmod(-7, 2), hex(255), isinstance(x, (str, list)), "a\nb".splitlines(), bytes.fromhex("00ff")]
site += "x"
include("other.py")
