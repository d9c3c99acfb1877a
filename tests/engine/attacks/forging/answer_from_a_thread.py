"""Answers from a thread while the question is still being worked on.

Must hold: no thread can be started, and an answer is no more than a returned value."""

import os
import threading
import time

import tools

GOAL = "mark"


def attack():
    data = tools.forged(1)
    threading.Thread(target=lambda: os.write(3, data)).start()
    time.sleep(0.05)
    os._exit(1)
