"""Has a sum of a million terms, each of which nests the tree once more.

Must hold: it is read in a worker, and is an error of that file."""

GOAL = "grader"
CANNOT = "this Python's parser refuses it"
REPEAT = {"INNER": ("", "1 + ", 100_000)}


def attack():
    return INNER1  # noqa: F821 (the runner replaces it)
