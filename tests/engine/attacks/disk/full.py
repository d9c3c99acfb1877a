"""Fills the disk (here: 5 MB of it).

Must hold: nothing can be written."""

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    with open(f"{target.folder}/fill", "wb") as file:
        for _ in range(5):
            file.write(bytes(1 << 20))
