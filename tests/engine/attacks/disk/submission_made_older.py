"""Changes when a file was written, against the deadline.

Must hold: its times can't be changed."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.utime(target.rival_result, (0, 0))
