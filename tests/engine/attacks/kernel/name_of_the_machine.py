"""Changes the machine's name, in a namespace of its own.

Must hold: neither of the calls is there, for root either."""

import socket

import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    tools.syscall("unshare", 0x4000000)
    socket.sethostname("mine")
    return "done"
