"""Lets NumPy's C code read the file of hidden tests.

Must hold: it is no way round Python's open."""

import numpy as np
import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return np.fromfile(target.secret_file, np.uint8).tobytes()
