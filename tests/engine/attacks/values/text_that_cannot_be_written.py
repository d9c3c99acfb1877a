"""Returns text with half a character, which can't be written into any file.

Must hold: it crosses as it is, or not at all, and harms nobody."""

GOAL = "grader"


def attack():
    return "\ud800"
