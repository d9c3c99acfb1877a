"""Returns an object that says it is an array, and equals everything.

Must hold: a type is looked at by type(), not asked for."""

import numpy as np

GOAL = "mark"


class Equal:
    __class__ = np.ndarray
    shape, dtype = (2, 3), np.dtype(float)

    def __eq__(self, other):
        return True


def attack():
    return Equal()
