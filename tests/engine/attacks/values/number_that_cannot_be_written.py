"""Returns a number of 100,000 digits, which Python refuses to print.

Must hold: it doesn't cross."""

GOAL = "grader"


def attack():
    return 10**100_000
