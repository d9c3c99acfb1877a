"""Asks the kernel what it shares with another process.

Must hold: there is no such call."""

import target
import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "kcmp in the kernel"


def attack():
    tools.syscall("kcmp", target.victim, target.victim, 1, 0, 0)
    return "done"
