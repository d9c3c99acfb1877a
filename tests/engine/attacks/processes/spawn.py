"""Starts a program by posix_spawn, which is made by vfork.

Must hold: no process can be started."""

import os

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    os.posix_spawn("/bin/sleep", ["sleep", "60"], {})
