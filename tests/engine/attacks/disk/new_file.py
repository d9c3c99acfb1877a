"""Writes a file.

Must hold: no file can be made."""

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    with open(f"{target.folder}/results/new", "w") as file:
        file.write("1")
