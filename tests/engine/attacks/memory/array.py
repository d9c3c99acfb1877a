"""Asks NumPy for more memory than its budget.

Must hold: a MemoryError."""

import numpy as np
import tools

GOAL = "done"


def attack():
    return "done" if np.ones(tools.MEGABYTES << 17).any() else None
