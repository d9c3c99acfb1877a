"""Makes a ring by which the kernel opens files and sockets on its behalf, past any list of calls.

Must hold: there is no io_uring."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "io_uring in the kernel"


def attack():
    tools.syscall("io_uring_setup", 8, bytes(120))
    return "done"
