"""Forks by the newest system call for it.

Must hold: no process can be started."""

import os
import signal
import struct
import time

import tools

GOAL = "survivor"
HELD_FROM = "isolated"
NEEDS = "clone3 in the kernel"


def attack():
    arguments = struct.pack("8Q", 0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)
    if not tools.syscall("clone3", arguments, len(arguments)):
        time.sleep(60)
        os._exit(0)
