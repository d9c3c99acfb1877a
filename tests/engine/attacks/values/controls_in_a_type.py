"""Raises an exception whose class has a name with terminal commands.

Must hold: names have no control characters where they are shown."""

GOAL = "controls"


def attack():
    raise type("\x1b[2J100 points", (Exception,), {})
