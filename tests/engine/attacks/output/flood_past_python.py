"""Writes 20 MB to standard output past sys.stdout.

Must hold: it goes nowhere."""

import os

GOAL = "flood"


def attack():
    for _ in range(20):
        os.write(1, b"x" * 1_000_000)
