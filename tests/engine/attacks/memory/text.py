"""Doubles a text until it is larger than its budget.

Must hold: a MemoryError."""

import tools

GOAL = "done"


def attack():
    text = "x"
    while len(text) < tools.MEGABYTES << 20:
        text += text
    return "done"
