"""Takes shared memory by name, which is a file.

Must hold: no file can be made or grow."""

from multiprocessing.shared_memory import SharedMemory

import tools

GOAL = "done"


def attack():
    memory = SharedMemory(create=True, size=tools.MEGABYTES << 20)
    memory.unlink()
    return "done"
