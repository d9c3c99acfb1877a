"""Has an expression of 100,000 minus signs, which recursive readers die of.

Must hold: it is read in a worker, and is an error of that file."""

GOAL = "grader"
CANNOT = "this Python's parser refuses it"
REPEAT = {"INNER": ("", "-", 100_000)}


def attack():
    return INNER1  # noqa: F821 (the runner replaces it)
