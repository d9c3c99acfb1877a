"""Stops itself.

Must hold: a stopped process is killed like others."""

import os
import signal

GOAL = "endless"


def attack():
    os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        pass
