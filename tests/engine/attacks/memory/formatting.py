"""Pads a number to more than its budget.

Must hold: a MemoryError."""

import tools

GOAL = "done"


def attack():
    return "done" if f"{1:{tools.MEGABYTES << 20}d}" else None
