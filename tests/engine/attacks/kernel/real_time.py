"""Asks for a priority at which nothing else runs any more.

Must hold: there is no such call, for root either."""

import os

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    return "done"
