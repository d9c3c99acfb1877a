"""Puts a key into the kernel's ring of keys, which outlives its process.

Must hold: there is no such call."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "add_key in the kernel"


def attack():
    tools.syscall("add_key", b"user", b"note", b"100 points", 10, -2)
    return "done"
