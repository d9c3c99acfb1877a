"""Recurses in C until the stack runs over.

Must hold: the process ends, and no other."""

import sys

GOAL = "grader"
CANNOT = "that a forked process crashes harms nobody else anywhere"


def attack():
    sys.setrecursionlimit(10**9)
    value = None
    for _ in range(10**6):
        value = {"": value}
    return repr(value)
