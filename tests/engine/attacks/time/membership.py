"""Looks for what isn't there in an endless iterator, in C.

Must hold: no signal handler is needed to end it."""

import itertools

GOAL = "endless"


def attack():
    return None in itertools.repeat(0)
