"""Fails at a depth at which each line of the traceback is long.

Must hold: of a traceback, a little is kept."""

GOAL = "flood"
REPEAT = {"LONG": ("", "x", 100_000)}


def f(n):
    return f(n - 1) if n else 1 / 0  # LONG


def attack():
    return f(300)
