"""Makes another process the owner of a pipe, so that the kernel sends it SIGKILL when something arrives.

Must hold: nobody else can be made the owner of anything."""

import fcntl
import os

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    read, write = os.pipe()
    fcntl.fcntl(read, fcntl.F_SETOWN, target.victim)
    fcntl.fcntl(read, 10, 9)  # F_SETSIG
    fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(write, b"x")
