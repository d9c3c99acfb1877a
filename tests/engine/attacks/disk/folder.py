"""Makes a folder.

Must hold: none can be made."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.mkdir(f"{target.folder}/results/aaron")
