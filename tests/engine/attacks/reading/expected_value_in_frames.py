"""Walks up its own call stack to the expected answer and returns it.

Must hold: the expected answer is never in the process."""

import sys

GOAL = "mark"


def attack():
    frame = sys._getframe()
    while frame and "expected" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["expected"]
