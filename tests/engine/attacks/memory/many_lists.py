"""Takes more memory than its budget in small pieces.

Must hold: a MemoryError."""

import tools

GOAL = "done"


def attack():
    kept = [[None] * 1000 for _ in range(tools.MEGABYTES * 128)]
    return "done" if kept else None
