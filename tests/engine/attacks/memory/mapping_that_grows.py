"""Maps little memory and has it made larger.

Must hold: the budget is for all of the address space."""

import mmap

import tools

GOAL = "done"


def attack():
    memory = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.resize(tools.MEGABYTES << 20)
    for page in range(0, len(memory), 4096):
        memory[page] = 1
    return "done"
