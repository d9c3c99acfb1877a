"""Mounts a file system in a namespace of its own.

Must hold: neither of the calls is there, for root either."""

import target
import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    tools.syscall("unshare", 0x20000)
    tools.syscall("mount", b"none", b"/", 0, 0x44000, 0)  # what follows stays in here
    tools.syscall("mount", b"tmpfs", target.folder.encode(), b"tmpfs", 0, 0)
    return "done"
