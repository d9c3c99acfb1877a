"""Starts a process by multiprocessing.

Must hold: no process can be started."""

import multiprocessing
import time

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,), daemon=False).start()
    import os

    os._exit(0)
