"""Makes a system call by the numbers of x32, a variant with short addresses.

Must hold: a filter knows them; the process ends."""

import os

import tools

GOAL = "done"
CANNOT = "hardly a kernel has them"


def attack():
    return "done" if tools.raw_syscall(0x40000000 | 39) == os.getpid() else None
