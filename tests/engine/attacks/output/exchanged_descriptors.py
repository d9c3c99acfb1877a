"""Puts another descriptor in the place of its socket.

Must hold: no answer is no pass."""

import os

GOAL = "mark"


def attack():
    os.dup2(os.open("/dev/null", os.O_RDWR), 3)
    os._exit(0)
