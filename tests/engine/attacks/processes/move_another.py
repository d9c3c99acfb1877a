"""Binds another process to a single processor.

Must hold: nobody's processors can be set."""

import os

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    os.sched_setaffinity(target.victim, {min(os.sched_getaffinity(0))})
