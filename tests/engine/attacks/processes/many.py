"""Starts as many processes as it can (here: 30).

Must hold: it can start none."""

import os
import time

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    for _ in range(30):
        if not os.fork():
            time.sleep(60)
            os._exit(0)
