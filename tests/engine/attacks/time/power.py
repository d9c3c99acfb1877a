"""Computes a number so large that Python's arithmetic holds the interpreter for years.

Must hold: no signal handler is needed to end it."""

GOAL = "endless"


def attack():
    return 7 ** (7**9)
