"""Reserves a file in memory without writing to it.

Must hold: there is no such file, or it can't grow."""

import os

import tools

GOAL = "done"


def attack():
    os.posix_fallocate(os.memfd_create("memory"), 0, tools.MEGABYTES << 20)
    return "done"
