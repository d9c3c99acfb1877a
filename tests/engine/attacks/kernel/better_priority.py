"""Gives itself a better priority than the grader has.

Must hold: there is no such call, for root either."""

import os

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    os.nice(-5)
    return "done"
