"""Forks by the bare system call, past Python and libc.

Must hold: no process can be started."""

import os
import signal
import time

import tools

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    if not tools.syscall("clone", int(signal.SIGCHLD), 0, 0, 0, 0):
        time.sleep(60)
        os._exit(0)
