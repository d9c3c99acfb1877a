"""Forks a process with a terminal of its own.

Must hold: no process can be started, and /dev can't be opened."""

import os
import pty
import time

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    pid, _ = pty.fork()
    if not pid:
        import signal

        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        time.sleep(60)
        os._exit(0)
