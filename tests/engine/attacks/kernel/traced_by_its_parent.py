"""Asks to be traced, so that each of its signals stops it and wakes its parent.

Must hold: there is no ptrace."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "a kernel that lets a user's processes trace each other"


def attack():
    tools.syscall("ptrace", 0, 0, 0, 0)
    return "done"
