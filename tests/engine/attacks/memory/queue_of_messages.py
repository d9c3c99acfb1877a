"""Makes a queue of messages, which outlives its process.

Must hold: there are no System V queues for it."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "System V queues in the kernel"


def attack():
    tools.syscall("msgctl", tools.syscall("msgget", 0, 0o1600), 0, 0)  # remove it: this is a test
    return "done"
