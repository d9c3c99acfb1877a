"""Closes all descriptors and ends, so that nothing can be said against it.

Must hold: no answer is no pass."""

import os

GOAL = "mark"


def attack():
    os.closerange(0, 100)
    os._exit(0)
