"""Sends truth values whose bytes are 2, which NumPy counts as true and as something else.

Must hold: such an array is none; the process ends."""

import os

import tools

GOAL = "grader"
CANNOT = "pickle says nothing of the kind"


def attack():
    os.write(3, tools.message([[8, "|b1", [6], False, True, b"\2" * 6]]))
    os._exit(1)
