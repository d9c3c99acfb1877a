"""Forks a process that goes on.

Must hold: no process can be started."""

import os
import time

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    if not os.fork():
        time.sleep(60)
        os._exit(0)
