"""Returns at once, and never ends at exit.

Must hold: a worker is killed, and nobody waits for its exit."""

import atexit

GOAL = "endless"


def forever():
    while True:
        pass


def attack():
    atexit.register(forever)
