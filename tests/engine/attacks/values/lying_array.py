"""Returns an array of a class of its own, whose comparisons are always true.

Must hold: only NumPy's own arrays cross."""

import numpy as np

GOAL = "mark"


class Equal(np.ndarray):
    def __eq__(self, other):
        return np.True_


def attack():
    return np.zeros((2, 3)).view(Equal)
