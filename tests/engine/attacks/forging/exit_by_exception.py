"""Leaves by SystemExit with status 0.

Must hold: it ends the call alone, without marks."""

import sys

GOAL = "mark"


def attack():
    sys.exit(0)
