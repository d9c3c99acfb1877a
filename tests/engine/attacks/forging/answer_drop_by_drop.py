"""Sends an answer byte by byte, so slowly that it never ends.

Must hold: the limit is for the whole answer, not for a byte."""

import os
import time

import tools

GOAL = "endless"


def attack():
    os.write(3, tools.header(5_000_000))
    while True:
        os.write(3, b"x")
        time.sleep(0.01)
