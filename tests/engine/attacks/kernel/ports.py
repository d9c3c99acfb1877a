"""Asks for access to the machine's ports.

Must hold: there is no such call, for root either."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
MACHINE = "x86_64"
ROOT = True
NEEDS = "ioperm in the kernel"


def attack():
    tools.raw_syscall(173, 0x80, 1, 1)
    return "done"
