"""Prints 20 MB while it is imported.

Must hold: it goes nowhere."""

GOAL = "flood"
print("x" * 20_000_000)


def attack():
    return 0
