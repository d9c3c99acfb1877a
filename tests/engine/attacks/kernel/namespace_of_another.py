"""Enters the namespace of another process.

Must hold: neither a path to it nor the call is there, for root either."""

import os

import target
import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    tools.syscall("setns", os.open(f"/proc/{target.victim}/ns/net", os.O_RDONLY), 0)
    return "done"
