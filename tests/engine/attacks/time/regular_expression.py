"""Matches an expression that takes exponential time, in C.

Must hold: no signal handler is needed to end it."""

import re

GOAL = "endless"


def attack():
    return re.match("(a|a)*b", "a" * 100)
