"""Makes one number larger than its budget.

Must hold: a MemoryError."""

import tools

GOAL = "done"


def attack():
    return "done" if 1 << (tools.MEGABYTES << 23) else None
