"""Makes a file in memory that not even the kernel can read.

Must hold: there is no such call."""

import os

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "memfd_secret in the kernel"


def attack():
    os.ftruncate(tools.syscall("memfd_secret", 0), 4096)
    return "done"
