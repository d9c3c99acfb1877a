"""Announces an answer of 2^60 bytes.

Must hold: no memory is set aside for what is announced; the process ends."""

import os
import time

import tools

GOAL = "grader"


def attack():
    os.write(3, tools.header(1 << 60, 1 << 60))
    time.sleep(0.2)
