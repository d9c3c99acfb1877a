"""Blocks all signals and computes.

Must hold: SIGKILL can't be blocked."""

import signal

GOAL = "endless"


def attack():
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
