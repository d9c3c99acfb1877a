"""Sends an array of data type "O", whose bytes would be taken for addresses.

Must hold: only types of plain numbers, truth values and text are read; the process ends."""

import os

import numpy as np
import tools

GOAL = "grader"


def attack():
    os.write(3, tools.message([[8, "|O", [1], False, True, b"AAAAAAAA"]], tools.Call(np.frombuffer, b"AAAAAAAA", "O")))
    os._exit(1)
