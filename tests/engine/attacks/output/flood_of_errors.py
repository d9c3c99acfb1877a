"""Writes 20 MB to standard error.

Must hold: it goes nowhere."""

import sys

GOAL = "flood"


def attack():
    sys.stderr.write("x" * 20_000_000)
