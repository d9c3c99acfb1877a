"""Fills pipes, which are the kernel's memory.

Must hold: it can have few of them, or none."""

import fcntl
import os

import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    for _ in range(tools.MEGABYTES):
        _, write = os.pipe()
        fcntl.fcntl(write, 1031, 1 << 20)  # F_SETPIPE_SZ
        os.write(write, bytes(1 << 20))
    return "done"
