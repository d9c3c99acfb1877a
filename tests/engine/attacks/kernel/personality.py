"""Switches off that its addresses are random.

Must hold: there is no such call."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "personality in the kernel"


def attack():
    tools.syscall("personality", 0x40000)
    return "done"
