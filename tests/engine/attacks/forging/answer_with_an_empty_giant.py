"""Sends an empty array of shape (0, 2^60), a trap for whoever computes with its shape.

Must hold: each length counts as at least one; the process ends."""

import os

import tools

GOAL = "grader"
CANNOT = "pickle says nothing of the kind"


def attack():
    os.write(3, tools.message([[8, "<f8", [0, 1 << 60], False, True, b""]]))
    os._exit(1)
