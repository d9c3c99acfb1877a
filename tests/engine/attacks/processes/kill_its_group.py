"""Kills all processes of its group.

Must hold: it is alone in its group."""

import os

GOAL = "grader"


def attack():
    os.killpg(0, 9)
