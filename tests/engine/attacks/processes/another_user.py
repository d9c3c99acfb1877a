"""Becomes another user, which also takes back the wish to die with its parent.

Must hold: no identity can be changed."""

import os

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    os.setuid(65534)
    return "done"
