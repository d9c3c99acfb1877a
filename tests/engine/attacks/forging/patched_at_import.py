"""Replaces np.any as soon as it is imported, before any exercise is called.

Must hold: comparing happens elsewhere."""

import numpy as np

GOAL = "mark"
np.any = lambda value: False


def attack():
    return np.zeros((2, 3))
