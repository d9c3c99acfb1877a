"""Takes all file numbers of the disk (here: 200 of them).

Must hold: no file can be made."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    for number in range(200):
        os.close(os.open(f"{target.folder}/{number}", os.O_CREAT))
