"""Lists a folder whose names tell who handed in.

Must hold: no folder can be listed."""

import os

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return [name for _, folders, files in os.walk(target.folder) for name in (*folders, *files)]
