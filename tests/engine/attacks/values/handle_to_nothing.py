"""Answers with a reference to an object that isn't there, or is another's.

Must hold: a reference is a number that only its own worker understands, and equals nothing."""

import os

import tools

GOAL = "mark"


def attack():
    os.write(3, tools.message([[9, 10**9, "MLP"]], True))
    os._exit(1)
