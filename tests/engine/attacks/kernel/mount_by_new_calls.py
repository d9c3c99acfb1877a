"""Opens a file system to mount it, by the newer calls.

Must hold: neither of the calls is there, for root either."""

import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    tools.syscall("fsopen", b"tmpfs", 0)
    tools.syscall("open_tree", -100, b"/", 0)
    return "done"
