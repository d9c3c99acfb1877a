"""Looks for the socket on which the grader commands the zygote, and orders new processes on it.

Must hold: no worker has it."""

import contextlib
import os
import struct

GOAL = "done"
CANNOT = "an autograder without a zygote has no such socket"


def attack():
    for descriptor in range(4, 256):
        with contextlib.suppress(OSError):
            os.write(descriptor, struct.pack("<cq", b"F", 0))
            return "done"
    return None
