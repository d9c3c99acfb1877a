"""Asks for more memory than its budget while it is imported.

Must hold: a MemoryError, which costs that module."""

import numpy as np
import tools

GOAL = "done"
ones = np.ones(tools.MEGABYTES << 17)


def attack():
    return "done"
