"""Replaces np.all by what is always true.

Must hold: comparing happens elsewhere."""

import numpy as np

GOAL = "mark"


def attack():
    np.all = lambda value: True
    return 0
