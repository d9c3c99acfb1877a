"""Says that its text has an encoding that runs code or expands.

Must hold: it is an error of that file."""

GOAL = "grader"
CANNOT = "this Python refuses it"
REPEAT = {"def attack": ("# -*- coding: idna -*-\n", "def attack", 1)}


def attack():
    return 0
