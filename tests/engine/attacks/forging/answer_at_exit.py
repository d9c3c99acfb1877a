"""Answers when the process ends.

Must hold: a worker is killed, never ended politely."""

import atexit
import os

import tools

GOAL = "mark"


def attack():
    data = tools.forged(1)
    atexit.register(lambda: os._exit(0))
    atexit.register(os.write, 3, data)
    os.write(3, data)
    raise SystemExit(1)
