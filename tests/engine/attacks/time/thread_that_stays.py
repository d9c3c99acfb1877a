"""Leaves a thread running for which the interpreter waits at exit.

Must hold: a worker is killed, and nobody waits for its threads."""

import threading
import time

GOAL = "endless"


def attack():
    threading.Thread(target=time.sleep, args=(1000,)).start()
