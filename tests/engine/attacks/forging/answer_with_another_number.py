"""Answers with the number of another question.

Must hold: numbers are random and compared; the process ends."""

import os

import tools

GOAL = "mark"


def attack():
    serving, _ = tools.worker()
    if serving is not None:
        serving.request += 1
    os.write(3, tools.forged(1))
    os._exit(1)
