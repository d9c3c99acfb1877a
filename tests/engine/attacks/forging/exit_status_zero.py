"""Ends the process with status 0 before its answer is looked at.

Must hold: exit status 0 is no answer."""

import os

GOAL = "mark"


def attack():
    os._exit(0)
