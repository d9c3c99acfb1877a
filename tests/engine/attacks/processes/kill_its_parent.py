"""Kills its parent.

Must hold: no signals are sent; where they are, the sandbox starts anew and no mark is lost."""

import os

GOAL = "grader"


def attack():
    os.kill(os.getppid(), 9)
