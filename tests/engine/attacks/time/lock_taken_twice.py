"""Waits for a lock that it holds itself.

Must hold: waiting ends at the limit."""

import threading

GOAL = "endless"


def attack():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
