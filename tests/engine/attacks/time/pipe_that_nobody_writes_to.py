"""Reads from a pipe of its own, to which nobody writes.

Must hold: waiting ends at the limit."""

import os

GOAL = "endless"


def attack():
    read, _ = os.pipe()
    os.read(read, 1)
