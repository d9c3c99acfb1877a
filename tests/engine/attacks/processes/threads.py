"""Starts threads.

Must hold: a worker has one thread."""

import threading

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    said = []
    thread = threading.Thread(target=said.append, args=("done",))
    thread.start()
    thread.join()
    return said[0]
