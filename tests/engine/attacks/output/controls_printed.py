"""Prints what clears the teacher's screen.

Must hold: it goes nowhere."""

import sys

GOAL = "controls"


def attack():
    print("\x1b[2J", file=sys.stderr)
    raise OSError(f"\x1b]0;{sys.platform}\x07")
