"""Reads whatever stands behind the descriptors that it has inherited.

Must hold: it has inherited nothing but its socket and /dev/null."""

import contextlib
import os

GOAL = "leak"


def attack():
    found = []
    for descriptor in range(1024):
        with contextlib.suppress(OSError):
            found.append(os.pread(descriptor, 1000, 0))
    return found
