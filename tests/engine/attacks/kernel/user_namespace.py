"""Makes a user namespace, in which it is root, and much of the kernel is open to it.

Must hold: no namespace can be made."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "user namespaces for everybody"


def attack():
    tools.syscall("unshare", 0x10000000)
    return "done"
