"""Lets NumPy write a file.

Must hold: no file can be made."""

import numpy as np
import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    np.save(f"{target.folder}/array.npy", np.zeros(3))
