"""Computes for ever when the exercise is looked up, before it is called.

Must hold: looking it up is part of what is limited."""

GOAL = "endless"


def __getattr__(name):
    while True:
        pass
