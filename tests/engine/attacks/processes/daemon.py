"""Becomes a daemon: forks twice, with a session of its own in between.

Must hold: no process can be started."""

import os
import time

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    child = os.fork()
    if not child:
        os.setsid()
        if not os.fork():
            os.closerange(0, 100)
            time.sleep(60)
        os._exit(0)
    os.waitpid(child, 0)
