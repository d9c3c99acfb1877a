"""Prints 20 MB.

Must hold: what is printed goes nowhere, and little of it is noted."""

GOAL = "flood"


def attack():
    print("x" * 20_000_000)
