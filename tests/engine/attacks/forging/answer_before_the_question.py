"""Writes an answer while its module is imported, before any exercise was asked for.

Must hold: unasked bytes end the process."""

import os

import tools

GOAL = "mark"
os.write(3, tools.forged(1))


def attack():
    os._exit(1)
