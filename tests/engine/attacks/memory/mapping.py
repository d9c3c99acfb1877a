"""Maps memory past Python's and NumPy's allocators, and writes to it.

Must hold: the budget is for all of the address space."""

import mmap

import tools

GOAL = "done"


def attack():
    memory = mmap.mmap(-1, tools.MEGABYTES << 20)
    for page in range(0, len(memory), 4096):
        memory[page] = 1
    return "done"
