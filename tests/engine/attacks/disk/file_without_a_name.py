"""Writes into a file that has no name.

Must hold: none can be made."""

import os

import target

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "a file system that has files without names"


def attack():
    file = os.open(target.folder, os.O_TMPFILE | os.O_RDWR)
    return "done" if file else None
