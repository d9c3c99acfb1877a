"""Replaces, in its caller's module, the function that compares.

Must hold: comparing happens elsewhere."""

import sys

GOAL = "mark"


def attack():
    frame = sys._getframe()
    while frame:
        if "looks_right" in frame.f_globals:
            frame.f_globals["looks_right"] = lambda value, expected: True
        frame = frame.f_back
