"""Handles page faults itself, which many break-ins into the kernel need.

Must hold: there is no such call."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "userfaultfd for everybody"


def attack():
    tools.syscall("userfaultfd", 1)
    return "done"
