"""Announces an answer, sends half of it and ends the process.

Must hold: half an answer is none, and nobody waits for the rest."""

import os

import tools

GOAL = "mark"


def attack():
    data = tools.forged(1)
    os.write(3, data[: len(data) // 2])
    os._exit(0)
