"""Ignores all signals that can be ignored, and waits.

Must hold: SIGKILL can't be."""

import signal

GOAL = "endless"


def attack():
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        signal.pause()
