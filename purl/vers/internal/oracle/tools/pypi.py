"""Version of the Python package packaging."""
import sys

import packaging
from packaging.version import InvalidVersion, Version

if len(sys.argv) > 1:
    print(packaging.__version__)
    sys.exit()

for line in sys.stdin.buffer:
    a, b = line.decode().rstrip("\n").split("\t")
    try:
        v, w = Version(a), Version(b)
        print((v > w) - (v < w))
    except InvalidVersion:
        print("!")
