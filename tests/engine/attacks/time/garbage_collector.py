"""Computes for ever whenever the garbage collector runs.

Must hold: that is part of what is limited."""

import gc

GOAL = "endless"


def attack():
    def forever(phase, info):
        while True:
            pass

    gc.callbacks.append(forever)
    gc.collect()
