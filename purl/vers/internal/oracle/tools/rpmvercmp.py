"""The version order of rpm, as its Python binding has it."""
import sys

import rpm

if len(sys.argv) > 1:
    print(rpm.__version__)
    sys.exit()

for line in sys.stdin.buffer:
    a, b = line.decode().rstrip("\n").split("\t")
    try:
        v, w = rpm.ver(a), rpm.ver(b)
        print((v > w) - (v < w))
    except ValueError:
        print("!")
