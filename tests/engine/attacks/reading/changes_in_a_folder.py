"""Sets a watch on the folder of hidden tests, to see when what is read.

Must hold: nothing can be watched."""

import target
import tools

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    watch = tools.syscall("inotify_init1", 0)
    import ctypes

    if ctypes.CDLL(None).inotify_add_watch(watch, target.folder.encode(), 0xFFF) >= 0:
        return "done"
    return None
