"""Returns an array of objects, which is pickled to be sent, and runs a command where it is read.

Must hold: arrays of objects don't cross."""

from pathlib import Path

import numpy as np
import target

GOAL = "files"


class Bomb:
    def __reduce__(self):
        return Path.touch, (Path(target.folder, "from_the_grader"),)


def attack():
    return np.array([Bomb()], dtype=object)
