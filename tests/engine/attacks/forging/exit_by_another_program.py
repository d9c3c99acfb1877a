"""Becomes /bin/true, which ends with status 0.

Must hold: no other program can be run, and status 0 is no answer."""

import os

GOAL = "mark"


def attack():
    os.execv("/bin/true", ["true"])
