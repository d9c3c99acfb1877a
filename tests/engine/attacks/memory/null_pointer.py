"""Reads at address 0.

Must hold: the process ends, and no other."""

import ctypes

GOAL = "grader"
CANNOT = "that a forked process crashes harms nobody else anywhere"


def attack():
    ctypes.string_at(0)
