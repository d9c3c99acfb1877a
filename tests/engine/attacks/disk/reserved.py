"""Reserves space on the disk without writing.

Must hold: nothing can be reserved."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    file = os.open(f"{target.folder}/fill", os.O_RDWR | os.O_CREAT)
    os.posix_fallocate(file, 0, 5 << 20)
