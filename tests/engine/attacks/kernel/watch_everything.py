"""Watches all files of the machine.

Must hold: there is no such call, for root either."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    tools.syscall("fanotify_init", 0, 0)
    return "done"
