"""Writes two answers at once: one for this question and one for the next.

Must hold: the second one, unasked, ends the process."""

import os

import tools

GOAL = "mark"


def attack():
    os.write(3, 2 * tools.forged(1))
    os._exit(1)
