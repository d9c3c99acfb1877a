"""Gives another process the lowest priority.

Must hold: nobody's priority can be set."""

import os

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    os.setpriority(os.PRIO_PROCESS, target.victim, 19)
