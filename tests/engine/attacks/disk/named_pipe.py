"""Makes a named pipe, at which a reader waits for ever.

Must hold: none can be made."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.mkfifo(f"{target.folder}/results/pipe")
