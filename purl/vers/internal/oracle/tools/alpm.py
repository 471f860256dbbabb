"""The version order of pacman: alpm_pkg_vercmp of libalpm, which refuses nothing."""
import ctypes
import sys


def library():
    for number in range(12, 30):
        try:
            return ctypes.CDLL("libalpm.so.%d" % number)
        except OSError:
            pass
    sys.exit("no libalpm")


alpm = library()
alpm.alpm_version.restype = ctypes.c_char_p
alpm.alpm_pkg_vercmp.argtypes = [ctypes.c_char_p, ctypes.c_char_p]

if len(sys.argv) > 1:
    print(alpm.alpm_version().decode())
    sys.exit()

for line in sys.stdin.buffer:
    a, b = line.rstrip(b"\n").split(b"\t")
    c = alpm.alpm_pkg_vercmp(a, b)
    print((c > 0) - (c < 0))
