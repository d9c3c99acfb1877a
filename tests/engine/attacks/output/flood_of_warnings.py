"""Warns 20,000 times, with a new text each time.

Must hold: few warnings are noted."""

import warnings

GOAL = "flood"


def attack():
    for number in range(20_000):
        warnings.warn(f"{number} {'x' * 60}", stacklevel=1)
