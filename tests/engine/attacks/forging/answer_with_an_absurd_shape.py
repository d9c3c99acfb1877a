"""Sends an array whose shape multiplies to more than a machine word.

Must hold: sizes are exact, and compared with caps first; the process ends."""

import os

import numpy as np
import tools

GOAL = "grader"


def attack():
    os.write(
        3, tools.message([[8, "<f8", [1 << 33, 1 << 33], False, True, b""]], tools.Call(np.ones, (1 << 33, 1 << 33)))
    )
    os._exit(1)
