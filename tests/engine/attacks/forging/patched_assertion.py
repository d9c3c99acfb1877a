"""Replaces NumPy's assertion by one that accepts everything.

Must hold: comparing happens elsewhere."""

import numpy as np

GOAL = "mark"


def attack():
    np.testing.assert_allclose = lambda *args, **kwargs: None
    return 0
