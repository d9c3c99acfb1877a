"""Goes to the hidden tests by way of /proc and the root folder of another process.

Must hold: a path through /proc is a path like others."""

import os

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return open(f"/proc/{os.getppid()}/root{target.secret_file}").read()
