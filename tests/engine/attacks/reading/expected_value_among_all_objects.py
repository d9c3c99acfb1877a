"""Searches the local variables of all frames that the garbage collector and the threads know for an array of the right shape.

Must hold: there is none."""

import gc
import sys

import numpy as np

GOAL = "mark"


def attack():
    for frame in sys._current_frames().values():
        while frame:
            for value in [*gc.get_referents(frame), *frame.f_locals.values()]:
                if isinstance(value, np.ndarray) and value.shape == (2, 3):
                    return value
            frame = frame.f_back
    return None
