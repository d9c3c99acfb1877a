"""Recurses without a limit, each call of which calls twice.

Must hold: it is killed at the limit."""

import sys

GOAL = "endless"


def attack(depth=0):
    sys.setrecursionlimit(10**6)
    if depth < 60:
        attack(depth + 1)
        attack(depth + 1)
