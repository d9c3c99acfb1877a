"""Returns an array of 80 GB that occupies 8 bytes.

Must hold: it isn't made real anywhere but where the budget ends that."""

import numpy as np

GOAL = "grader"
CANNOT = "whoever sends it makes it real, and runs out of memory alone"


def attack():
    return np.broadcast_to(1.0, (100_000, 100_000))
