"""Loads what programs in the kernel keep their data in.

Must hold: there is no bpf, for root either."""

import struct

import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    array = struct.pack("IIII", 2, 4, 8, 1) + bytes(112)
    tools.syscall("bpf", 0, array, len(array))
    return "done"
