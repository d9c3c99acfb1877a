"""Opens ten thousand descriptors, the kernel's memory too.

Must hold: it can have few of them."""

import os

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, 2 * resource.getrlimit(resource.RLIMIT_NOFILE)[1:])
    for _ in range(3_000):
        os.dup(1)
    return "done"
