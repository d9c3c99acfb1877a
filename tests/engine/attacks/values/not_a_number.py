"""Returns NaN everywhere, which is not further off than any tolerance.

Must hold: what isn't finite is wrong before values are compared."""

import numpy as np

GOAL = "mark"


def attack():
    return np.full((2, 3), np.nan)
