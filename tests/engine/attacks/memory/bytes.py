"""Asks Python for more memory than its budget.

Must hold: a MemoryError."""

import tools

GOAL = "done"


def attack():
    return "done" if bytearray(tools.MEGABYTES << 20) else None
