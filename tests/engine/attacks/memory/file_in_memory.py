"""Writes into a file that exists in memory only and isn't part of the address space.

Must hold: there is no such file, or nothing can be written to it."""

import os

import tools

GOAL = "done"


def attack():
    file = os.memfd_create("memory")
    for _ in range(tools.MEGABYTES):
        os.write(file, bytes(1 << 20))
    return "done"
