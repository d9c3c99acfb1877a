"""Takes a segment of shared memory, which outlives its process.

Must hold: there is no System V shared memory for it."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "System V memory in the kernel"


def attack():
    segment = tools.syscall("shmget", 0, tools.MEGABYTES << 20, 0o1600)
    tools.syscall("shmctl", segment, 0, 0)  # remove it: this is a test
    return "done"
