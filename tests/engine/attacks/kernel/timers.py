"""Sets an alarm, to be woken where it was stopped or to be killed as if by the grader.

Must hold: a signal to itself ends itself at most; there are no timers."""

import signal

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    signal.setitimer(signal.ITIMER_REAL, 1000)
    return "done" if signal.getitimer(signal.ITIMER_REAL)[0] else None
