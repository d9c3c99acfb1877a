"""Has NUL bytes in its source.

Must hold: it is an error of that file."""

GOAL = "grader"
CANNOT = "this Python refuses it"
REPEAT = {"INNER": ("", "\0", 1)}


def attack():
    return "INNER"
