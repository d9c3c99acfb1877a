"""Maps the file of hidden tests into memory.

Must hold: it can't be opened for that."""

import mmap

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    with open(target.secret_file, "rb") as file:
        return bytes(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
